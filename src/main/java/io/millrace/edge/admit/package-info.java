/**
 * Who is calling, may they, and is there capacity: everything that is decided about a request
 * before and while its body is read.
 */
@NullMarked
package io.millrace.edge.admit;

import org.jspecify.annotations.NullMarked;
