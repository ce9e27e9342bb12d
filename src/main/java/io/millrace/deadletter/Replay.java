package io.millrace.deadletter;

import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.ReplayedPart;
import java.time.Instant;

/** Creates the delivery that replays a part of another one. */
public final class Replay {
  private Replay() {}

  /**
   * The delivery to write to {@code deliveries-received}: the original, unchanged, and the part to
   * replay.
   *
   * @param delivery the delivery in the dead letter's lineage
   */
  public static Delivery of(DeadLetter letter, Delivery delivery, Instant now) {
    return Delivery.newBuilder(delivery)
        .setReplay(letter.getReplay() + 1)
        .setReplayedPart(
            new ReplayedPart(now, letter.getLineage().getIndex(), letter.getAttempts()))
        .build();
  }
}
