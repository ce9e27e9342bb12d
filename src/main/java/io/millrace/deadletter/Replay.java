package io.millrace.deadletter;

import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.ReplayedPart;
import java.time.Instant;

/** Makes of a delivery what replays a part of it. */
public final class Replay {
  private Replay() {}

  /**
   * The delivery as it is to be written to {@code deliveries-received}: what came in, unchanged,
   * and what is meant by it.
   *
   * @param delivery the one the letter's lineage names
   */
  public static Delivery of(DeadLetter letter, Delivery delivery, Instant now) {
    return Delivery.newBuilder(delivery)
        .setReplay(letter.getReplay() + 1)
        .setReplayedPart(
            new ReplayedPart(now, letter.getLineage().getIndex(), letter.getAttempts()))
        .build();
  }
}
