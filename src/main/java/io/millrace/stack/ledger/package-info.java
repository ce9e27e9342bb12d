/**
 * The ledger: what the simulator sent against what stands in the topics and the warehouse, to the
 * last event.
 */
@NullMarked
package io.millrace.stack.ledger;

import org.jspecify.annotations.NullMarked;
