package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.Dice;
import io.millrace.bench.simulator.life.SourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Adds faulty requests: repetitions, forgeries, and unreadable bodies. */
final class Faults {
  /** Senders whose signatures contain a time. */
  private static final Set<String> STAMPED = Set.of(SourceNames.CRM, SourceNames.BILLING);

  private static final String NOT_CONNECTED = "nobody";

  private final FaultRates rates;
  private final int oversizedBytes;
  private final Dice dice;

  Faults(FaultRates rates, int oversizedBytes, Dice dice) {
    this.rates = rates;
    this.oversizedBytes = oversizedBytes;
    this.dice = dice;
  }

  void addTo(List<List<Shipment>> lanes) {
    List<Shipment> genuine = lanes.stream().flatMap(List::stream).toList();
    lanes.forEach(this::repeat);
    forge(genuine, lanes);
    breakSome(genuine, lanes);
    if (oversizedBytes > 0 && !genuine.isEmpty()) {
      dice.pick(lanes).add(dice.pick(genuine).oversized(dice.fraction(), oversizedBytes));
    }
  }

  private void repeat(List<Shipment> lane) {
    List<Shipment> again = new ArrayList<>();
    for (Shipment shipment : lane) {
      if (dice.chance(rates.repeated())) {
        RequestKind how = dice.chance(0.5) ? RequestKind.RETRIED : RequestKind.RETRIED_RESIGNED;
        again.add(shipment.repeated(Copies.after(shipment.position(), dice), how));
      }
    }
    lane.addAll(again);
  }

  private void forge(List<Shipment> genuine, List<List<Shipment>> lanes) {
    if (rates.forged() == 0) {
      return;
    }
    long count = Math.max(rates.forgeries().size(), Math.round(rates.forged() * genuine.size()));
    for (int forgery = 0; forgery < count; forgery++) {
      RequestKind how = rates.forgeries().get(forgery % rates.forgeries().size());
      boolean stamped = how == RequestKind.STALE || how == RequestKind.PREMATURE;
      List<Shipment> models =
          stamped
              ? genuine.stream().filter(one -> STAMPED.contains(one.source())).toList()
              : genuine;
      if (!models.isEmpty()) {
        Shipment model = dice.pick(models);
        String to = how == RequestKind.UNKNOWN_SOURCE ? NOT_CONNECTED : model.source();
        dice.pick(lanes).add(model.forged(dice.fraction(), to, how));
      }
    }
  }

  private void breakSome(List<Shipment> genuine, List<List<Shipment>> lanes) {
    if (rates.unusable() == 0 || genuine.isEmpty()) {
      return;
    }
    long count = Math.max(1, Math.round(rates.unusable() * genuine.size()));
    for (int broken = 0; broken < count; broken++) {
      dice.pick(lanes).add(dice.pick(genuine).unreadable(dice.fraction()));
    }
  }
}
