package io.millrace.bench.simulator.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.simulator.life.Change;
import io.millrace.bench.simulator.life.Dice;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.life.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spreads a story over the run, and puts events of its records out of order on purpose. Each record
 * gets at most one kind of disorder, so that every outcome is predictable.
 */
final class Disorder {
  /** How much later a late event is sent, as a fraction of the run. */
  private static final double HELD_BACK = 0.2;

  private final FaultRates rates;
  private final Dice dice;

  Disorder(FaultRates rates, Dice dice) {
    this.rates = rates;
    this.dice = dice;
  }

  /** The drafts of one chapter, sent in the order of their positions. */
  List<Draft> drafts(List<SimulatedEvent> chapter) {
    List<Double> positions = new ArrayList<>();
    for (int event = 0; event < chapter.size(); event++) {
      positions.add(dice.fraction());
    }
    positions.sort(Double::compare);
    Map<Subject, List<Integer>> byRecord = new HashMap<>();
    for (int event = 0; event < chapter.size(); event++) {
      byRecord.computeIfAbsent(chapter.get(event).subject(), any -> new ArrayList<>()).add(event);
    }
    List<Draft> drafts = new ArrayList<>();
    Set<Subject> done = new HashSet<>();
    for (SimulatedEvent event : chapter) {
      if (done.add(event.subject())) {
        List<Integer> own = byRecord.getOrDefault(event.subject(), List.of());
        List<SimulatedEvent> events = own.stream().map(chapter::get).toList();
        drafts.addAll(record(events, own.stream().map(positions::get).toList()));
      }
    }
    return drafts;
  }

  private List<Draft> record(List<SimulatedEvent> events, List<Double> positions) {
    List<Draft> drafts = new ArrayList<>();
    for (int event = 0; event < events.size(); event++) {
      drafts.add(Draft.together(positions.get(event), events.get(event)));
    }
    if (canBeDisordered(events)) {
      if (dice.chance(rates.disordered())) {
        disorderWithinWindow(events, drafts);
      } else if (dice.chance(rates.late())) {
        disorderBeyondWindow(events, drafts);
      }
    }
    return drafts;
  }

  /** A creation, at least three updates and no end, so that there is room for disorder. */
  private static boolean canBeDisordered(List<SimulatedEvent> events) {
    return events.size() >= 4
        && events.get(0).change() == Change.CREATED
        && events.stream().skip(1).allMatch(event -> event.change() == Change.UPDATED);
  }

  private void disorderWithinWindow(List<SimulatedEvent> events, List<Draft> drafts) {
    boolean batches = !SourceNames.BILLING.equals(events.get(0).source());
    int first = dice.between(1, events.size() - 2);
    SimulatedEvent earlier = events.get(first);
    SimulatedEvent later = events.get(first + 1);
    double position = drafts.get(first).position();
    switch (dice.between(batches ? 1 : 2, 3)) {
      case 1 -> {
        drafts.set(first, Draft.together(position, silent(later), silent(earlier)));
        drafts.remove(first + 1);
      }
      case 2 -> {
        drafts.set(first, overtaken(position, earlier, later));
        drafts.remove(first + 1);
      }
      default -> {
        SimulatedEvent created = events.get(0);
        SimulatedEvent update = silent(events.get(1));
        double start = drafts.get(0).position();
        drafts.set(0, Draft.oneAfterTheOther(start, update, created, Arrival.AWAITED));
        drafts.remove(1);
      }
    }
  }

  /**
   * If both change the same field, the previous values stay: they prove that the later event is not
   * yet next. Otherwise they would prove the opposite, so they are removed.
   */
  private static Draft overtaken(double position, SimulatedEvent earlier, SimulatedEvent later) {
    boolean sameField = previous(earlier).equals(previous(later)) && !previous(earlier).isEmpty();
    return Draft.oneAfterTheOther(
        position,
        sameField ? later : silent(later),
        sameField ? earlier : silent(earlier),
        Arrival.JUST_OVERTAKEN);
  }

  private void disorderBeyondWindow(List<SimulatedEvent> events, List<Draft> drafts) {
    int held = dice.between(1, events.size() - 2);
    SimulatedEvent next = events.get(held + 1);
    double position = Math.min(1, drafts.get(held + 1).position() + HELD_BACK);
    AwaitedEvent awaited = new AwaitedEvent((Subject.OfRecord) next.subject(), next.occurredAt());
    drafts.set(held, Draft.late(position, events.get(held), awaited));
  }

  private static Set<String> previous(SimulatedEvent event) {
    Set<String> names = new HashSet<>();
    event.body().path("previous").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static SimulatedEvent silent(SimulatedEvent event) {
    ObjectNode body = event.body().deepCopy();
    body.remove("previous");
    if (body.path("data") instanceof ObjectNode data) {
      data.remove("previous_attributes");
    }
    return event.withBody(body);
  }
}
