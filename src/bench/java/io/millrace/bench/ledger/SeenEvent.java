package io.millrace.bench.ledger;

import io.millrace.audit.Outcome;
import io.millrace.audit.Place;
import java.time.Instant;

/**
 * An accepted event as it is on one of the four topics.
 *
 * @param identity source, event id and replay number; empty where they could not be read
 * @param record its key, {@code lead/L-1}; empty where it could not be read
 * @param engagement whether it is a person's engagement rather than a record's change
 * @param delivery the delivery it came in
 * @param index its place in the delivery; -1 for the delivery as a whole
 * @param receivedAt when the delivery arrived
 */
public record SeenEvent(
    Outcome outcome,
    String source,
    String identity,
    String record,
    boolean engagement,
    Place delivery,
    int index,
    Instant receivedAt) {

  /** Whether it arrived before another event of the same record. */
  boolean arrivedBefore(SeenEvent other) {
    if (delivery.partition() != other.delivery.partition()) {
      return receivedAt.isBefore(other.receivedAt);
    }
    int byOffset = Long.compare(delivery.offset(), other.delivery.offset());
    return byOffset != 0 ? byOffset < 0 : index < other.index;
  }
}
