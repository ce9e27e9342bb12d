/** Lifecycles: which stage a record is in, since when, and how it moved. */
@NullMarked
package io.millrace.flow.stage;

import org.jspecify.annotations.NullMarked;
