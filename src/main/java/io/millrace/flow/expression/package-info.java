/** Conditions and points in the rule files, written in CEL and checked when they are read. */
@NullMarked
package io.millrace.flow.expression;

import org.jspecify.annotations.NullMarked;
