/** Signals: patterns in what a person did, such as three visits of a pricing page within a week. */
@NullMarked
package io.millrace.flow.signal;

import org.jspecify.annotations.NullMarked;
