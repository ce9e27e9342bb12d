package io.millrace.bench.ledger;

import io.millrace.audit.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The seen events by the delivery they came in and their place in it. */
final class SeenIndex {
  private final Map<Place, Map<Integer, List<SeenEvent>>> byDelivery = new HashMap<>();

  SeenIndex(List<SeenEvent> events) {
    for (SeenEvent event : events) {
      byDelivery
          .computeIfAbsent(event.delivery(), any -> new HashMap<>())
          .computeIfAbsent(event.index(), any -> new ArrayList<>())
          .add(event);
    }
  }

  /** The outcomes of one part of a delivery; exactly one if all is well. */
  List<SeenEvent> of(Place delivery, int index) {
    return byDelivery.getOrDefault(delivery, Map.of()).getOrDefault(index, List.of());
  }

  /** The outcomes of all parts of a delivery. */
  List<SeenEvent> of(Place delivery) {
    return byDelivery.getOrDefault(delivery, Map.of()).values().stream()
        .flatMap(List::stream)
        .toList();
  }
}
