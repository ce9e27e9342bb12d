/**
 * The last requests, with secrets masked, for people who look for the reason a delivery was
 * refused.
 */
@NullMarked
package io.millrace.edge.inspect;

import org.jspecify.annotations.NullMarked;
