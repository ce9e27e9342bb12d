package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.Customer;
import io.millrace.bench.simulator.life.CustomerBase;
import io.millrace.bench.simulator.life.Dice;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.life.Story;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Creates the plan of a run: events, disorder, deliveries, and additional faulty requests. */
public final class Planner {
  /** The most events a sender puts into one delivery. */
  private static final Map<String, Integer> LARGEST_DELIVERY =
      Map.of(SourceNames.CRM, 20, SourceNames.EMAIL, 15, SourceNames.LEADS, 3);

  private final Set<String> sources;
  private final int lanes;
  private final FaultRates rates;
  private final int oversizedBytes;

  /**
   * @param sources the sources to send to; events of others are left out
   * @param lanes the number of parallel senders, at least 1
   * @param oversizedBytes size of the one request that is too large; 0 for none
   */
  public Planner(Set<String> sources, int lanes, FaultRates rates, int oversizedBytes) {
    if (lanes < 1) {
      throw new IllegalArgumentException("A plan needs at least 1 lane, not " + lanes);
    }
    this.sources = Set.copyOf(sources);
    this.lanes = lanes;
    this.rates = rates;
    this.oversizedBytes = oversizedBytes;
  }

  public Plan plan(Run run) {
    Dice dice = new Dice(run.seed());
    List<Map<String, List<Draft>>> drafts = drafts(run, dice);
    List<List<Shipment>> shipments = new ArrayList<>();
    for (Map<String, List<Draft>> lane : drafts) {
      List<Shipment> own = new ArrayList<>();
      lane.forEach((source, some) -> own.addAll(deliveries(source, some, dice)));
      shipments.add(own);
    }
    new Faults(rates, oversizedBytes, dice.fork()).addTo(shipments);
    shipments.forEach(lane -> lane.sort(Comparator.comparingDouble(Shipment::position)));
    return Plan.of(run, shipments);
  }

  private List<Map<String, List<Draft>>> drafts(Run run, Dice dice) {
    List<Map<String, List<Draft>>> byLane = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      byLane.add(new LinkedHashMap<>());
    }
    Disorder disorder = new Disorder(rates, dice.fork());
    for (Customer customer : CustomerBase.of(run, dice.fork())) {
      Map<String, List<Draft>> lane = byLane.get(customer.serial() % lanes);
      for (List<SimulatedEvent> chapter : Story.of(run, customer, dice)) {
        String source = chapter.get(0).source();
        if (sources.contains(source)) {
          lane.computeIfAbsent(source, any -> new ArrayList<>()).addAll(disorder.drafts(chapter));
        }
      }
    }
    return byLane;
  }

  /** Divides the events of one lane and source into deliveries, in order. */
  private List<Shipment> deliveries(String source, List<Draft> drafts, Dice dice) {
    List<Draft> all = new ArrayList<>(drafts);
    all.addAll(Copies.duplicates(drafts, rates.duplicated(), dice));
    all.addAll(Copies.unusable(source, drafts, rates.unusable(), dice));
    all.sort(Comparator.comparingDouble(Draft::position));
    Loading loading = new Loading(source, LARGEST_DELIVERY.getOrDefault(source, 1), dice);
    all.forEach(loading::add);
    return loading.finish();
  }
}
