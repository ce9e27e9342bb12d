package io.millrace.stack.ledger;

import io.millrace.stack.simulator.PlannedRequest;
import io.millrace.stack.simulator.SimulatedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows every stored copy of every planned event to what became of it. */
final class Fates {
  private final Map<String, Fate> fates = new LinkedHashMap<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();

  Fates(
      List<PlannedRequest> requests,
      Deliveries deliveries,
      SeenIndex seen,
      Tallies expected,
      Findings findings) {
    for (PlannedRequest request : requests) {
      for (StoredDelivery copy : deliveries.storedOf(request)) {
        Tally tally = expected.of(request.source());
        tally.deliveries++;
        tally.events += request.parts();
        if (request.events().isEmpty()) {
          tally.dead++;
          judge(seen.of(copy.place()), copy, -1);
        }
        follow(request, copy, seen, tally);
      }
    }
    findings.none("accepted events have no outcome (delivery/index)", lost);
    findings.none("accepted events have more than one outcome (delivery/index)", doubled);
  }

  private void follow(PlannedRequest request, StoredDelivery copy, SeenIndex seen, Tally tally) {
    for (int index = 0; index < request.events().size(); index++) {
      SimulatedEvent event = request.events().get(index);
      List<SeenEvent> outcomes = seen.of(copy.place(), index);
      judge(outcomes, copy, index);
      if (event.usable()) {
        int at = index;
        fates.computeIfAbsent(key(event), any -> new Fate(event, request, at)).stored(outcomes);
      } else {
        tally.dead++;
      }
    }
  }

  private void judge(List<SeenEvent> outcomes, StoredDelivery copy, int index) {
    if (outcomes.isEmpty()) {
      lost.add(copy.deliveryId() + "/" + index);
    } else if (outcomes.size() > 1) {
      doubled.add(copy.deliveryId() + "/" + index);
    }
  }

  Collection<Fate> all() {
    return fates.values();
  }

  static String key(SimulatedEvent event) {
    return event.source() + "/" + event.id();
  }
}
