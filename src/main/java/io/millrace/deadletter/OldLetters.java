package io.millrace.deadletter;

import io.millrace.event.DeadLetter;
import io.millrace.flow.order.Deduplication;
import io.millrace.flow.order.SourceWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a dead letter may be replayed for which the flow may not keep ids any more. It
 * would admit the event without a look, so the topics have to show that no copy was delivered.
 *
 * @param now the present
 * @param eventsKept how long the topics of delivered events keep them
 * @param windows the dedupe windows of the sources
 */
public record OldLetters(Instant now, Duration eventsKept, SourceWindows windows) {
  /** The stream's time may be ahead, and goes on while the replay is on its way. */
  private static final Duration RECENT =
      Deduplication.OLDEST_DELIVERY.minus(Deduplication.LARGEST_SKEW);

  /**
   * Why a letter must not be replayed; empty if it may be.
   *
   * @param parts what would become of it, according to the topics
   */
  public Optional<String> obstacle(DeadLetter letter, List<Preview> parts) {
    Instant arrival = letter.getReceivedAt();
    if (!arrival.isBefore(now.minus(RECENT))) {
      return Optional.empty();
    }
    if (parts.stream()
        .anyMatch(part -> part instanceof Preview.Duplicates copy && !copy.isReplayed())) {
      return Optional.of(
          "its event, or part of its delivery, was delivered by a retry of its sender. It is too old"
              + " for the flow to drop that part by itself.");
    }
    if (parts.stream().allMatch(Preview.Fails.class::isInstance)) {
      return Optional.of("it would fail again. Fix the cause first; --dry-run shows it.");
    }
    Duration reach = Deduplication.reach(windows.dedupe(letter.getSource()));
    if (arrival.minus(reach).isBefore(now.minus(eventsKept))) {
      return Optional.of(
          ("it arrived at %s, and delivered events are kept for %d days, so it is unknown whether a"
                  + " copy was delivered; dead-letters show prints the bytes.")
              .formatted(arrival, eventsKept.toDays()));
    }
    return Optional.empty();
  }
}
