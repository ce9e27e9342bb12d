package io.millrace.flow.signal;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.naive.ListedSignals;
import io.millrace.flow.naive.SignalState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The detector against a list of all events that is looked through from the beginning. */
final class SignalModelTest {
  private static final String ANN = "ann@example.com";
  private static final int CASES = Integer.getInteger("cases", 2_000);
  private static final List<String> NAMES = List.of("a", "a b", "a%", "b", "ü", "é/1", "z");

  private final Map<String, Signal> active = new TreeMap<>();
  private SignalState state = new SignalState();

  @Test
  void standsWithWhatTheWholeListSays() {
    long seed = Long.getLong("seed", new Random().nextLong());
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(seed + number);
      SignalRule rule = rule(random);
      List<Event> events = events(random);
      List<Event> counted = new ArrayList<>();
      active.clear();
      state = new SignalState();

      for (Event event : events) {
        announce(rule, event);
        count(rule, event, counted);
        if (random.nextInt(8) == 0) {
          check(rule, counted, seed + number);
        }
      }
      check(rule, counted, seed + number);
    }
  }

  @Test
  void missesNothingOfAMachineThatKeepsOrder() {
    SignalRule rule = rule(3, 20, 70, 100_000);
    int visits = Cutoff.MAX_MARKS + 1_000;
    List<Event> events =
        IntStream.range(0, visits)
            .mapToObj(i -> pricingVisit(ANN, "e" + i, NOON.plusSeconds(10L * i)))
            .toList();

    events.forEach(event -> announce(rule, event));

    assertThat(active.values())
        .containsExactlyInAnyOrderElementsOf(model(rule, new ArrayList<>(events)));
    assertThat(state.marks.rows).hasSizeLessThan(Cutoff.MAX_MARKS + 3);
    assertThat(state.active.rows).hasSizeLessThanOrEqualTo(SignalDetector.MAX_ACTIVE);
  }

  @Test
  void correctsNoMoreThanIsBounded() {
    SignalRule rule = rule(1, 0, 0, 100_000);
    int visits = SignalDetector.MAX_ACTIVE + 500;
    for (int i = 0; i < visits; i++) {
      announce(rule, pricingVisit(ANN, "e" + i, NOON.plusSeconds(i)));
    }

    List<SignalChange> changes =
        state.add(
            rule, ANN, new Engagement(pricingVisit(ANN, "x", NOON.plusMillis(500_500)), visit()));

    assertThat(changes).hasSize(SignalDetector.MAX_ACTIVE);
    assertThat(changes.getFirst().announced().getSignalId()).endsWith("|502");
    assertThat(state.active.rows).hasSize(SignalDetector.MAX_ACTIVE);
  }

  private void check(SignalRule rule, List<Event> counted, long seed) {
    List<Signal> expected = model(rule, counted);
    if (!expected.equals(List.copyOf(active.values()))) {
      assertThat(active.values())
          .as("-Dseed=%d, %s, %d events", seed, rule, counted.size())
          .containsExactlyElementsOf(expected);
    }
  }

  private void announce(SignalRule rule, Event event) {
    for (SignalChange change : state.add(rule, ANN, new Engagement(event, visit()))) {
      Signal announced = change.announced();
      assertThat(change.before().isPresent())
          .isEqualTo(active.containsKey(announced.getSignalId()));
      change.before().ifPresent(was -> assertThat(active).containsValue(was));
      active.remove(announced.getSignalId());
      change.after().ifPresent(now -> active.put(now.getSignalId(), now));
    }
  }

  private static List<String> visit() {
    return List.of("pricing-visit");
  }

  /** What comes while the newest is no more than so far ahead. */
  private static void count(SignalRule rule, Event event, List<Event> counted) {
    Instant newest =
        counted.stream()
            .map(Event::getOccurredAt)
            .max(Comparator.naturalOrder())
            .orElse(event.getOccurredAt());
    if (!event.getOccurredAt().isBefore(newest.minus(rule.remember()))
        && counted.stream().noneMatch(known -> known.getEventId().equals(event.getEventId()))) {
      counted.add(event);
    }
  }

  private static List<Signal> model(SignalRule rule, List<Event> counted) {
    return ListedSignals.of(rule, ANN, counted);
  }

  private static SignalRule rule(Random random) {
    int within = random.nextInt(12);
    int remember = random.nextInt(3) == 0 ? within + random.nextInt(20) : 10_000;
    int cooldown = random.nextBoolean() ? 0 : random.nextInt(random.nextBoolean() ? 15 : 80);
    return rule(1 + random.nextInt(5), within, cooldown, remember);
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

  /** In disorder, with repetitions and with the same moment again and again. */
  private static List<Event> events(Random random) {
    int most = 1 + random.nextInt(60);
    int span = 1 + random.nextInt(80);
    List<Event> events = new ArrayList<>();
    for (int number = 0; number < most; number++) {
      String id = NAMES.get(random.nextInt(NAMES.size())) + number;
      events.add(pricingVisit(ANN, id, NOON.plusSeconds(random.nextInt(span))));
    }
    if (random.nextInt(3) == 0) {
      events.sort(Comparator.comparing(Event::getOccurredAt));
    }
    if (random.nextInt(4) == 0) {
      Collections.reverse(events);
    }
    for (int copy = random.nextInt(10); copy > 0; copy--) {
      events.add(random.nextInt(events.size()), events.get(random.nextInt(events.size())));
    }
    return events;
  }
}
