package io.millrace.bench.ledger;

import io.millrace.bench.simulator.Arrival;
import io.millrace.bench.simulator.Attempt;
import io.millrace.bench.simulator.PlannedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which events have to be late. What was planned to come within the reorder window may be late when
 * the system was held up in between; whoever waits for a creation may give up after minutes. Such
 * events are late or in order as the flow decided, never anything else.
 */
final class Lateness {
  /** Well inside the five minutes an update waits for the creation of its record. */
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

  /** Whether an event that has been stored must stand on events-late. */
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
        "events sent within the reorder window came out late, because the flow was held up",
        heldUp);
    findings.note("creations came after the updates had stopped waiting for them", gaveUp);
    findings.note(
        "events planned late may be in order: what they waited for was not seen", notLate);
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
