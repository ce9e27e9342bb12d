package io.millrace.bench.simulator;

import io.millrace.bench.simulator.journal.Journal;
import io.millrace.bench.simulator.plan.AwaitedEvent;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits until an event has left the flow; records it if the wait timed out. */
final class EventWait {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final OrderedEvents orderedEvents;
  private final Journal journal;
  private final Clock clock;
  private final Progress progress;

  EventWait(OrderedEvents orderedEvents, Journal journal, Clock clock, Progress progress) {
    this.orderedEvents = orderedEvents;
    this.journal = journal;
    this.clock = clock;
    this.progress = progress;
  }

  void await(PlannedRequest request, AwaitedEvent awaited) throws InterruptedException {
    Instant deadline = clock.instant().plus(DEADLINE);
    progress.waits(request, deadline);
    try {
      look(request, awaited, deadline);
    } finally {
      progress.goesOn(request);
    }
  }

  private void look(PlannedRequest request, AwaitedEvent awaited, Instant deadline)
      throws InterruptedException {
    while (!orderedEvents.isOrdered(awaited)) {
      if (clock.instant().isAfter(deadline)) {
        journal.notSeen(request.index());
        return;
      }
      Thread.sleep(LOOK_EVERY);
    }
  }
}
