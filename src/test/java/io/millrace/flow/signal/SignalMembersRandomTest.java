package io.millrace.flow.signal;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.PersonMessage;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.naive.ListedSignals;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.score.ScoreInput;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.testing.JoiningPeople;
import io.millrace.flow.testing.MapStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Signals of people whose identifiers join and leave, against a list of all their events. */
final class SignalMembersRandomTest {
  private static final int CASES = Integer.getInteger("cases", 1_500);
  private static final List<String> IDENTIFIERS = List.of("ann", "ann@", "b", "é c");

  /** What a reader of the topic holds for valid, by person and id. */
  private final Map<String, Map<String, Signal>> valid = new TreeMap<>();

  /** What the score has counted, by person and identifier. */
  private final Map<String, Map<String, Long>> scores = new TreeMap<>();

  private final FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
  private JoiningPeople<Object> people = people(rule(1, 1, 1, 1));

  @Test
  void findsWhatTheListOfAllEventsSaysWhereverTheyCameFrom() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      SignalRule rule = rule(random, 10_000);
      start(rule);
      List<Event> events = events(random, random.nextInt(4) == 0);

      live(random, events, true);

      for (String person : IDENTIFIERS) {
        assertThat(validOf(person))
            .as("-Dseed=%d, %s, %s", seed + number, person, rule)
            .containsExactlyElementsOf(
                ListedSignals.of(rule, person, people.eventsOf(person, events)));
        for (String identifier : IDENTIFIERS) {
          assertThat(score(person, identifier))
              .as("-Dseed=%d, %s by %s", seed + number, person, identifier)
              .isEqualTo(countOf(validOf(person), identifier));
        }
      }
    }
  }

  @Test
  void usesNoEventTwiceAndLosesNoCountOfWhatIsSettled() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      SignalRule rule = rule(random, 12 + random.nextInt(30));
      start(rule);

      live(random, events(random, false), false);

      String as = "-Dseed=%d, %s".formatted(seed + number, rule);
      List<Signal> all = valid.values().stream().flatMap(of -> of.values().stream()).toList();
      Set<String> used = new HashSet<>();
      for (Signal signal : all) {
        assertThat(signal.getEventIds()).as(as).allMatch(used::add);
      }
      for (String identifier : IDENTIFIERS) {
        long counted =
            scores.values().stream().mapToLong(of -> of.getOrDefault(identifier, 0L)).sum();
        assertThat(counted).as(as).isEqualTo(countOf(all, identifier));
      }
    }
  }

  private void start(SignalRule rule) {
    valid.clear();
    scores.clear();
    people = people(rule);
  }

  private JoiningPeople<Object> people(SignalRule rule) {
    Outlet<ScoreMessage> next = Outlet.of(DetectSignals.NAME);
    next.attach("score");
    return new JoiningPeople<>(
        new DetectSignals(List.of(rule), next, metrics),
        new MapStore<SignalMemory>(DetectSignals.MEMORY),
        NOON);
  }

  /** Events arrive, identifiers change their person, and histories follow, in any order. */
  private void live(Random random, List<Event> events, boolean repeats) {
    int changes = random.nextInt(12);
    int most = Math.max(events.size(), 12);
    for (Event event : events) {
      people.arrive(event, List.of("pricing-visit"));
      hear();
      if (repeats && random.nextInt(6) == 0) {
        people.arrive(events.get(random.nextInt(events.size())), List.of("pricing-visit"));
        hear();
      }
      for (int moves = random.nextInt(3); moves > 0 && random.nextInt(most) < changes; moves--) {
        people.move(any(random), any(random));
        hear();
      }
      if (people.underWay() > 0 && random.nextInt(3) == 0) {
        people.deliver(random.nextInt(people.underWay()));
        hear();
      }
    }
    while (people.underWay() > 0) {
      people.deliver(random.nextInt(people.underWay()));
      hear();
    }
  }

  private static String any(Random random) {
    return IDENTIFIERS.get(random.nextInt(IDENTIFIERS.size()));
  }

  private void hear() {
    Optional<Signal> last = Optional.empty();
    boolean isPassedOn = false;
    for (Record<?, ?> record : people.said()) {
      switch (record.value()) {
        case Signal signal -> {
          assertThat(isPassedOn).as("corrections come first").isFalse();
          last = Optional.of(hear(signal));
        }
        case ScoreInput input -> {
          Signal before = last.orElseThrow();
          String id = input.cause().substring("signal:".length());
          long times = input.counts().values().iterator().next();
          Signal counted = times > 0 ? at(at(valid, before.getPerson()), id) : before;
          count(before.getPerson(), counted.getIdentifier(), times);
        }
        case PersonMessage message -> assertThat(isPassedOn).isFalse();
        case ScoreMessage.Changed changed -> {
          isPassedOn = true;
          if (changed.change() instanceof PersonInput.Departure departure) {
            String from = (String) record.key();
            count(departure.to(), departure.identifier(), score(from, departure.identifier()));
            at(scores, from).remove(departure.identifier());
          }
        }
        default -> throw new AssertionError(record);
      }
    }
  }

  /** Returns the signal until now; for a new one, itself. */
  private Signal hear(Signal signal) {
    Map<String, Signal> known = valid.computeIfAbsent(signal.getPerson(), one -> new TreeMap<>());
    Signal now = Signal.newBuilder(signal).setStatus("DETECTED").build();
    Signal before = known.getOrDefault(signal.getSignalId(), now);
    assertThat(known.containsKey(signal.getSignalId()))
        .isEqualTo(!signal.getStatus().equals("DETECTED"));
    switch (signal.getStatus()) {
      case "RETRACTED" -> assertThat(known.remove(signal.getSignalId())).isEqualTo(now);
      default -> known.put(signal.getSignalId(), now);
    }
    return before;
  }

  private void count(String person, String identifier, long times) {
    scores.computeIfAbsent(person, one -> new TreeMap<>()).merge(identifier, times, Long::sum);
  }

  private long score(String person, String identifier) {
    scores.computeIfAbsent(person, one -> new TreeMap<>());
    return scores.get(person).getOrDefault(identifier, 0L);
  }

  private Collection<Signal> validOf(String person) {
    return valid.getOrDefault(person, Map.of()).values();
  }

  private static long countOf(Collection<Signal> signals, String identifier) {
    return signals.stream().filter(one -> one.getIdentifier().equals(identifier)).count();
  }

  private static SignalRule rule(Random random, int remember) {
    return rule(
        1 + random.nextInt(4),
        random.nextInt(12),
        random.nextBoolean() ? 0 : random.nextInt(25),
        remember);
  }

  private static SignalRule rule(int count, int within, int cooldown, int remember) {
    return new SignalRule(
        "interest",
        "Interested",
        "pricing-visit",
        count,
        Duration.ofSeconds(within),
        Duration.ofSeconds(cooldown),
        Duration.ofSeconds(remember));
  }

  /** Sometimes more than one row of memory; some ids are used by two identifiers. */
  private static List<Event> events(Random random, boolean repeatsIds) {
    int most = 2 + random.nextInt(random.nextInt(4) == 0 ? 120 : 40);
    int span = 1 + random.nextInt(90);
    List<Event> events = new ArrayList<>();
    for (int number = 0; number < most; number++) {
      String id = "e" + (repeatsIds ? number / 2 : number);
      events.add(pricingVisit(any(random), id, NOON.plusSeconds(random.nextInt(span))));
    }
    Map<String, Event> distinct = new TreeMap<>();
    events.forEach(
        event -> distinct.put(event.getEventId() + " " + event.getRecord().getId(), event));
    List<Event> shuffled = new ArrayList<>(distinct.values());
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static <K, V> V at(Map<K, V> rows, K key) {
    return Objects.requireNonNull(rows.get(key));
  }
}
