package io.millrace.bench.ledger;

import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows every stored copy of every planned event to its outcome. */
final class TrackedEvents {
  private final Map<String, TrackedEvent> trackedEvents = new LinkedHashMap<>();

  TrackedEvents(
      List<PlannedRequest> requests,
      Deliveries deliveries,
      SeenIndex seen,
      SourceTallies expected) {
    for (PlannedRequest request : requests) {
      for (StoredDelivery copy : deliveries.storedOf(request)) {
        SourceTally tally = expected.of(request.source());
        tally.deliveries++;
        tally.events += request.parts();
        if (request.events().isEmpty()) {
          tally.dead++;
        }
        follow(request, copy, seen, tally);
      }
    }
  }

  private void follow(
      PlannedRequest request, StoredDelivery copy, SeenIndex seen, SourceTally tally) {
    for (int index = 0; index < request.events().size(); index++) {
      SimulatedEvent event = request.events().get(index);
      List<SeenEvent> outcomes = seen.of(copy.place(), index);
      if (event.usable()) {
        int at = index;
        trackedEvents
            .computeIfAbsent(key(event), any -> new TrackedEvent(event, request, at))
            .stored(outcomes);
      } else {
        tally.dead++;
      }
    }
  }

  Collection<TrackedEvent> all() {
    return trackedEvents.values();
  }

  static String key(SimulatedEvent event) {
    return event.source() + "/" + event.id();
  }
}
