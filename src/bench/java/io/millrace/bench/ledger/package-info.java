/**
 * The ledger: what the simulator sent, compared with what is in the topics and the warehouse, to
 * the last event.
 */
@NullMarked
package io.millrace.bench.ledger;

import org.jspecify.annotations.NullMarked;
