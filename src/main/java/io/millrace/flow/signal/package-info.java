/**
 * Signals: patterns in a person's activities, such as three visits to a pricing page within a week.
 */
@NullMarked
package io.millrace.flow.signal;

import org.jspecify.annotations.NullMarked;
