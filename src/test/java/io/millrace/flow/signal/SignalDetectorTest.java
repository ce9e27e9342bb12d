package io.millrace.flow.signal;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.arrived;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.naive.SignalState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SignalDetectorTest {
  private static final String ANN = "ann@example.com";
  private static final SignalRule THREE_IN_A_DAY =
      rule(3, Duration.ofHours(24), Duration.ofHours(24), Duration.ofDays(7));

  private final List<Signal> announced = new ArrayList<>();
  private SignalState state = new SignalState();

  @Test
  void detectsThreeVisitsWithinADay() {
    visit(THREE_IN_A_DAY, 0, 10, 24);

    assertThat(announced).hasSize(1);
    Signal signal = announced.getFirst();
    assertThat(signal.getSignalId()).isEqualTo("ann@example.com|interest|1");
    assertThat(signal.getStatus()).isEqualTo("DETECTED");
    assertThat(signal.getEventIds()).containsExactly("site/h0", "site/h10", "site/h24");
    assertThat(signal.getFirstAt()).isEqualTo(NOON);
    assertThat(signal.getCompletedAt()).isEqualTo(NOON.plus(Duration.ofHours(24)));
  }

  @Test
  void doesNotDetectThreeVisitsInMoreThanADay() {
    visit(THREE_IN_A_DAY, 0, 10, 25);

    assertThat(announced).isEmpty();
  }

  @Test
  void countsAnEventOnce() {
    visit(THREE_IN_A_DAY, 0, 1, 1, 0, 1);

    assertThat(announced).isEmpty();
  }

  @Test
  void isQuietDuringTheCooldown() {
    visit(THREE_IN_A_DAY, 0, 1, 2, 3, 4, 5, 6, 25);

    assertThat(announced).hasSize(1);
  }

  @Test
  void detectsAgainWhenTheCooldownIsOver() {
    visit(THREE_IN_A_DAY, 0, 1, 2, 20, 21, 26);

    assertThat(announced)
        .extracting(Signal::getSignalId)
        .containsExactly("ann@example.com|interest|1", "ann@example.com|interest|2");
  }

  @Test
  void correctsASignalThatALateEventMovesInPlaceOfTakingItBack() {
    visit(THREE_IN_A_DAY, 0, 5, 10, 7);

    assertThat(announced)
        .extracting(signal -> signal.getStatus() + " " + signal.getEventIds())
        .containsExactly(
            "DETECTED [site/h0, site/h5, site/h10]", "CORRECTED [site/h0, site/h5, site/h7]");
    assertThat(announced)
        .extracting(Signal::getSignalId)
        .containsOnly("ann@example.com|interest|1");
  }

  @Test
  void correctsASignalThatKeepsItsCompletingEvent() {
    visit(THREE_IN_A_DAY, 0, 1, 2, 20, 21, 27, 23);

    assertThat(announced.subList(1, 3))
        .extracting(signal -> signal.getStatus() + " " + signal.getEventIds())
        .containsExactly(
            "DETECTED [site/h20, site/h21, site/h27]", "CORRECTED [site/h21, site/h23, site/h27]");
  }

  @Test
  void takesBackASignalThatAChangedRuleDoesNotKnow() {
    visit(rule(2, Duration.ofHours(1), Duration.ZERO, Duration.ofDays(7)), 0, 1, 5, 6);
    announced.clear();

    visit(rule(3, Duration.ofHours(2), Duration.ZERO, Duration.ofDays(7)), 2);

    assertThat(announced)
        .extracting(signal -> signal.getStatus() + " " + signal.getSignalId())
        .containsExactly(
            "RETRACTED ann@example.com|interest|2", "CORRECTED ann@example.com|interest|1");
  }

  @Test
  void neverChangesWhatIsSettled() {
    SignalRule rule = rule(3, Duration.ofHours(2), Duration.ZERO, Duration.ofHours(10));
    visit(rule, 0, 1, 2, 3, 4, 20);

    visit(rule, 5, 9);

    assertThat(announced).extracting(Signal::getStatus).containsExactly("DETECTED");
    assertThat(state.memory.orElseThrow().getSettledSignals()).isEqualTo(1);
    assertThat(state.active.rows).isEmpty();
    assertThat(state.marks.rows).as("what lies no more than two hours back").hasSize(1);
  }

  @Test
  void doesNotCountAnEventWithAClockFarAhead() {
    Event ahead = arrived(hour(2_000), NOON);

    assertThat(state.add(THREE_IN_A_DAY, ANN, engagement(ahead))).isEmpty();

    assertThat(state.memory).isEmpty();
  }

  @Test
  void remembersAMachineNoMoreThanAPerson() {
    SignalRule rule = rule(20, Duration.ofDays(1), Duration.ofDays(30), Duration.ofDays(30));

    for (int visit = 0; visit < Cutoff.MAX_MARKS + 2_000; visit++) {
      state.add(rule, ANN, engagement(pricingVisit(ANN, "e" + visit, NOON.plusSeconds(visit / 5))));
      assertThat(state.marks.rows).hasSizeLessThan(Cutoff.MAX_MARKS + rule.count());
    }

    assertThat(state.active.rows).isEmpty();
    assertThat(state.memory.orElseThrow().getSettledSignals()).isEqualTo(1);
  }

  @Test
  void standsWithTheSameDetectionsInEveryOrder() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);

    for (int round = 0; round < 300; round++) {
      SignalRule rule =
          rule(
              1 + random.nextInt(4),
              Duration.ofHours(random.nextInt(12)),
              Duration.ofHours(random.nextInt(12)),
              Duration.ofHours(40));
      List<Integer> hours = new ArrayList<>(random.ints(25, 0, 40).boxed().toList());
      List<Signal> expected = active(rule, hours);
      Collections.shuffle(hours, random);

      assertThat(active(rule, hours))
          .as("seed %d, round %d, %s", seed, round, rule)
          .isEqualTo(expected);
    }
  }

  @Test
  void findsWithMemoryOfOneDayWhatItFindsWithMemoryOfAll() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);

    for (int round = 0; round < 300; round++) {
      int count = 1 + random.nextInt(4);
      Duration within = Duration.ofHours(random.nextInt(12));
      Duration cooldown = Duration.ofHours(random.nextInt(48));
      // Every event comes less than a day after a newer one.
      List<Integer> hours = new ArrayList<>(IntStream.range(0, 300).boxed().toList());
      hours.removeIf(hour -> random.nextInt(3) == 0);
      for (int from = 0; from + 20 < hours.size(); from += 20) {
        if (hours.get(from + 7) - hours.get(from) < 24) {
          Collections.shuffle(hours.subList(from, from + 8), random);
        }
      }

      assertThat(active(rule(count, within, cooldown, Duration.ofDays(1)), hours))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(active(rule(count, within, cooldown, Duration.ofDays(99)), hours));
    }
  }

  /** What stands by the announcements alone, as a reader of the topic reckons. */
  private List<Signal> active(SignalRule rule, List<Integer> hours) {
    state = new SignalState();
    announced.clear();
    visit(rule, hours.stream().mapToInt(Integer::intValue).toArray());
    Map<String, Signal> active = new TreeMap<>();
    for (Signal signal : announced) {
      Signal detected = Signal.newBuilder(signal).setStatus(SignalDetector.DETECTED).build();
      assertThat(signal.getStatus())
          .as("an event can only move a signal, never unsay it")
          .isEqualTo(
              active.containsKey(signal.getSignalId())
                  ? SignalDetector.CORRECTED
                  : SignalDetector.DETECTED);
      active.put(signal.getSignalId(), detected);
    }
    return active.values().stream().sorted(Comparator.comparing(Signal::getCompletedAt)).toList();
  }

  private void visit(SignalRule rule, int... hours) {
    for (int hour : hours) {
      state
          .add(rule, ANN, engagement(hour(hour)))
          .forEach(change -> announced.add(change.announced()));
    }
  }

  private static Event hour(int hour) {
    return pricingVisit(ANN, "h" + hour, NOON.plus(Duration.ofHours(hour)));
  }

  private static Engagement engagement(Event event) {
    return new Engagement(event, List.of("pricing-visit"));
  }

  private static SignalRule rule(int count, Duration within, Duration cooldown, Duration remember) {
    return new SignalRule(
        "interest", "Interested", "pricing-visit", count, within, cooldown, remember);
  }
}
