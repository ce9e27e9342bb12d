package io.millrace.bench.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Waits until the ledger balances and nothing is under way any more. Stops at a deadline, or when
 * nothing happens any more and the ledger still does not balance: what is missing then will not
 * come.
 */
public final class Settling {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Clock clock;
  private final Duration deadline;
  private final Duration quiet;

  /**
   * @param deadline how long to wait at most
   * @param quiet how long nothing may change, with nothing under way, before the wait is over;
   *     longer than any step holds an event
   */
  public Settling(Clock clock, Duration deadline, Duration quiet) {
    this.clock = clock;
    this.deadline = deadline;
    this.quiet = quiet;
  }

  /**
   * Waits.
   *
   * @param look reads topics and warehouse again and balances
   * @param underWay names what is still in progress, such as a consumer group that lags
   * @param progress called after every check that did not end the wait
   * @return the last ledger, balanced or not
   */
  public LedgerReport await(
      Supplier<LedgerReport> look, Supplier<List<String>> underWay, Consumer<String> progress)
      throws InterruptedException {
    Instant start = clock.instant();
    Instant changedAt = start;
    // Ask for work in progress first: what it finishes in between is then part of the check.
    boolean idle = underWay.get().isEmpty();
    LedgerReport last = look.get();
    while (!(idle && last.isBalanced())) {
      Instant now = clock.instant();
      boolean gaveUp = idle && Duration.between(changedAt, now).compareTo(quiet) > 0;
      if (gaveUp || Duration.between(start, now).compareTo(deadline) > 0) {
        return last;
      }
      progress.accept(outstanding(last) + limits(start, now));
      Thread.sleep(LOOK_EVERY);
      idle = underWay.get().isEmpty();
      LedgerReport next = look.get();
      if (!next.equals(last)) {
        changedAt = clock.instant();
      }
      last = next;
    }
    return last;
  }

  private String limits(Instant start, Instant now) {
    return "; %d s so far, at most %d s"
        .formatted(Duration.between(start, now).toSeconds(), deadline.toSeconds());
  }

  /** What the wait is for, in the order of the flow: the first figure that does not hold yet. */
  private static String outstanding(LedgerReport report) {
    if (report.isBalanced()) {
      return "waiting for the flow to note what it has read";
    }
    return Stream.concat(report.balances().stream(), report.totals().stream())
        .filter(figure -> !figure.holds())
        .findFirst()
        .map(Settling::waitingFor)
        // Without its examples: what is open now is usually closed a moment later.
        .orElseGet(() -> "waiting: " + report.mismatches().get(0).split(":", 2)[0]);
  }

  private static String waitingFor(Figure figure) {
    String what =
        switch (figure.name()) {
          case TopicFigures.ACCEPTED -> "for events that wait for those before them";
          case TopicFigures.BATCHED ->
              "for the last minute of engagement to close, events in batches";
          default -> "for " + figure.name().replace(" = committed", ", rows");
        };
    return "waiting %s: %s of %s".formatted(what, figure.counted(), figure.expected());
  }
}
