package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.Dice;
import io.millrace.bench.simulator.life.SimulatedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packs the drafts of one lane and source into deliveries of varying size, in order. */
final class Loading {
  private final String source;
  private final int largest;
  private final Dice dice;
  private final List<Shipment> done = new ArrayList<>();
  private final List<SimulatedEvent> open = new ArrayList<>();
  private double openPosition;
  private int capacity;

  Loading(String source, int largest, Dice dice) {
    this.source = source;
    this.largest = largest;
    this.dice = dice;
    this.capacity = dice.between(1, largest);
  }

  void add(Draft draft) {
    if (draft.joins()) {
      open.addAll(draft.deliveries().get(0));
      openPosition = draft.position();
      if (open.size() >= capacity) {
        close();
      }
      return;
    }
    close();
    for (int delivery = 0; delivery < draft.deliveries().size(); delivery++) {
      boolean first = delivery == 0;
      done.add(
          Shipment.genuine(
              draft.position(),
              source,
              !first,
              draft.deliveries().get(delivery),
              draft.arrivals().get(delivery),
              first ? draft.awaits() : Optional.empty()));
    }
  }

  List<Shipment> finish() {
    close();
    return done;
  }

  private void close() {
    if (!open.isEmpty()) {
      done.add(
          Shipment.genuine(openPosition, source, false, open, Arrival.IN_ORDER, Optional.empty()));
      open.clear();
    }
    capacity = dice.between(1, largest);
  }
}
