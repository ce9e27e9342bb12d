/**
 * Admission: who is calling, whether they may, and whether there is capacity. These are the
 * decisions about a request before and while its body is read.
 */
@NullMarked
package io.millrace.edge.admit;

import org.jspecify.annotations.NullMarked;
