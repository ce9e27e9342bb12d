/**
 * Duplicates and order. {@link io.millrace.flow.order.DropDuplicates} admits each event once;
 * {@link io.millrace.flow.order.SequenceRecordEvents} holds the events of a record briefly and
 * releases them in the order in which they happened.
 */
@NullMarked
package io.millrace.flow.order;

import org.jspecify.annotations.NullMarked;
