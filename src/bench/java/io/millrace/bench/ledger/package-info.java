/**
 * The ledger: compares what the simulator sent with the topics and the warehouse, event by event.
 */
@NullMarked
package io.millrace.bench.ledger;

import org.jspecify.annotations.NullMarked;
