package io.millrace.stack.ledger;

import io.millrace.stack.simulator.PlannedRequest;
import io.millrace.stack.simulator.SimulatedEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows every stored copy of every planned event to what became of it. */
final class Fates {
  private final Map<String, Fate> fates = new LinkedHashMap<>();

  Fates(List<PlannedRequest> requests, Deliveries deliveries, SeenIndex seen, Tallies expected) {
    for (PlannedRequest request : requests) {
      for (StoredDelivery copy : deliveries.storedOf(request)) {
        Tally tally = expected.of(request.source());
        tally.deliveries++;
        tally.events += request.parts();
        if (request.events().isEmpty()) {
          tally.dead++;
        }
        follow(request, copy, seen, tally);
      }
    }
  }

  private void follow(PlannedRequest request, StoredDelivery copy, SeenIndex seen, Tally tally) {
    for (int index = 0; index < request.events().size(); index++) {
      SimulatedEvent event = request.events().get(index);
      List<SeenEvent> outcomes = seen.of(copy.place(), index);
      if (event.usable()) {
        int at = index;
        fates.computeIfAbsent(key(event), any -> new Fate(event, request, at)).stored(outcomes);
      } else {
        tally.dead++;
      }
    }
  }

  Collection<Fate> all() {
    return fates.values();
  }

  static String key(SimulatedEvent event) {
    return event.source() + "/" + event.id();
  }
}
