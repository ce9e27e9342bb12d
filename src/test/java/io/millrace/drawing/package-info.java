/** The drawings of the documentation, generated from the code: the flow and one delivery's path. */
@NullMarked
package io.millrace.drawing;

import org.jspecify.annotations.NullMarked;
