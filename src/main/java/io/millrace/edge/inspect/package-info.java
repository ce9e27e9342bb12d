/**
 * The inspector: the last requests, with secrets masked, for finding out why a delivery was
 * refused.
 */
@NullMarked
package io.millrace.edge.inspect;

import org.jspecify.annotations.NullMarked;
