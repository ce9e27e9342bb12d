/** The drawings of the manual, made from the code: the flow, and the way of one delivery. */
@NullMarked
package io.millrace.drawing;

import org.jspecify.annotations.NullMarked;
