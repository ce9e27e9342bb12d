package io.millrace.bench.ledger;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.plan.Arrival;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides which events must be late. An event planned to arrive within the reorder window may be
 * late if the system was delayed, and an update may stop waiting for its creation after minutes.
 * Such events may be late or in order, as the flow decided, but nothing else.
 */
final class Lateness {
  /** Well within the five minutes that an update waits for the creation of its record. */
  private static final Duration AWAITED_FOR = Duration.ofMinutes(4);

  private final Deliveries deliveries;
  private final Set<Integer> unseen;
  private final List<String> heldUp = new ArrayList<>();
  private final List<String> gaveUp = new ArrayList<>();
  private final List<String> notLate = new ArrayList<>();

  Lateness(Deliveries deliveries, Set<Integer> unseen) {
    this.deliveries = deliveries;
    this.unseen = unseen;
  }

  /** Whether a stored event must be on events-late. */
  boolean mustBeLate(TrackedEvent tracked) {
    PlannedRequest request = tracked.first();
    return switch (request.arrival()) {
      case IN_ORDER -> false;
      case LATE -> {
        if (!unseen.contains(request.index()) || tracked.cameOutLate()) {
          yield true;
        }
        notLate.add(TrackedEvents.key(tracked.event()));
        yield false;
      }
      case JUST_OVERTAKEN ->
          tracked.cameOutLate() && heldUp.add(TrackedEvents.key(tracked.event()));
      case AWAITED ->
          tracked.cameOutLate()
              && waitedTooLong(request)
              && gaveUp.add(TrackedEvents.key(tracked.event()));
    };
  }

  void report(Findings findings) {
    findings.note(
        "events sent within the reorder window were late, because the flow was delayed", heldUp);
    findings.note("creations arrived after the updates had stopped waiting for them", gaveUp);
    findings.note(
        "events planned to be late may be in order: the event before them was not seen in"
            + " time",
        notLate);
  }

  private boolean waitedTooLong(PlannedRequest request) {
    List<Attempt> attempts = deliveries.attemptsOf(request);
    if (attempts.isEmpty() || request.arrival() != Arrival.AWAITED) {
      return false;
    }
    Instant first = attempts.get(0).sentAt();
    Instant last = attempts.get(attempts.size() - 1).sentAt();
    return Duration.between(first, last).compareTo(AWAITED_FOR) > 0;
  }
}
