package io.millrace.bench.ledger;

import io.millrace.bench.simulator.life.Change;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Checks engagement per person: minutes, signals and scores. */
final class People {
  /** The signal's rule: this many pricing visits, which are all within minutes of each other. */
  private static final int SIGNAL_VISITS = 3;

  private final Observations seen;
  private final Findings findings;
  private final Set<String> own = new TreeSet<>();
  private final Map<String, Integer> minutes = new TreeMap<>();
  private final Map<String, Integer> pricing = new TreeMap<>();

  People(
      Collection<TrackedEvent> trackedEvents,
      Observations seen,
      UnaryOperator<String> personIds,
      Findings findings) {
    this.seen = seen;
    this.findings = findings;
    for (TrackedEvent tracked : trackedEvents) {
      if (tracked.event().subject() instanceof Subject.OfPerson person) {
        admit(tracked.event(), personIds.apply(person.person()));
      }
    }
  }

  private void admit(SimulatedEvent event, String person) {
    own.add(person);
    minutes.merge(minute(person, event.occurredAt()), 1, Integer::sum);
    if (event.change() == Change.PRICING_VISIT) {
      pricing.merge(person, 1, Integer::sum);
    }
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(batches());
    figures.add(signals());
    figures.addAll(scores());
    return figures;
  }

  private List<Figure> batches() {
    Map<String, Integer> counted = new TreeMap<>();
    long batches = 0;
    for (SeenBatch batch : seen.batches()) {
      if (own.contains(batch.person())) {
        batches++;
        counted.merge(
            minute(batch.person(), batch.windowStart()),
            Math.toIntExact(batch.events()),
            Integer::sum);
      }
    }
    findings.none(
        "minutes of engagement have the wrong number of events", differing(minutes, counted));
    return List.of(
        Figure.atLeast("engagement batches", minutes.size(), batches),
        Figure.equal("events in these batches", sum(minutes), sum(counted)));
  }

  private Figure signals() {
    Set<String> due =
        pricing.entrySet().stream()
            .filter(person -> person.getValue() >= SIGNAL_VISITS)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, Boolean> standing = new HashMap<>();
    Map<String, String> persons = new HashMap<>();
    for (SeenSignal signal : seen.signals()) {
      if (own.contains(signal.person())) {
        standing.put(signal.signalId(), signal.detected());
        persons.put(signal.signalId(), signal.person());
      }
    }
    standing.values().removeIf(detected -> !detected);
    Set<String> found = new HashSet<>();
    standing.keySet().forEach(id -> found.add(persons.getOrDefault(id, id)));
    findings.none("people lack an expected signal", minus(due, found));
    findings.none("people have an unexpected signal", minus(found, due));
    return Figure.equal("signals not retracted", due.size(), standing.size());
  }

  private List<Figure> scores() {
    Set<String> scored = new TreeSet<>(seen.scores().keySet());
    scored.retainAll(own);
    findings.none("people lack a score", minus(own, scored));
    Map<String, Integer> last = new TreeMap<>();
    List<String> torn = new ArrayList<>();
    long changes = 0;
    for (ScoreStep step : seen.changes()) {
      if (own.contains(step.person())) {
        changes++;
        if (last.getOrDefault(step.person(), 0) != step.previous()) {
          torn.add(step.person());
        }
        last.put(step.person(), step.score());
      }
    }
    findings.none("score changes do not start from the previous score", torn);
    Map<String, Integer> scores = new TreeMap<>(seen.scores());
    scores.keySet().retainAll(own);
    findings.none("scores differ from their last change", differing(scores, last));
    return List.of(
        Figure.equal("people with a score", own.size(), scored.size()),
        Figure.atLeast("score changes", scored.size(), changes));
  }

  private static Set<String> minus(Set<String> these, Set<String> those) {
    Set<String> rest = new TreeSet<>(these);
    rest.removeAll(those);
    return rest;
  }

  private static Set<String> differing(Map<String, Integer> these, Map<String, Integer> those) {
    Set<String> keys = new TreeSet<>(these.keySet());
    keys.addAll(those.keySet());
    keys.removeIf(key -> these.getOrDefault(key, 0).equals(those.getOrDefault(key, 0)));
    return keys;
  }

  private static long sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  private static String minute(String person, Instant at) {
    return person + "|" + at.truncatedTo(ChronoUnit.MINUTES);
  }
}
