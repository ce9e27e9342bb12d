package io.millrace.flow.order;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.flow.naive.OrderingModel;
import io.millrace.flow.record.Sequenced;
import io.millrace.flow.step.StepClock;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.Sequencer;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a few records, with random delays, against the naive model. To repeat a
 * failure run with -Dseed=SEED, for more rounds with -Drounds=N.
 */
class OrderingRandomTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 120);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofMinutes(5);
  private static final List<String> STAGES = List.of("s1", "s2", "s3");
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void sequencerDoesWhatTheModelSays() {
    for (int round = 0; round < ROUNDS; round++) {
      String story = "seed %d, round %d".formatted(seed, round);
      OrderingRules rules = randomRules();
      Run run = new Run(rules, story);
      for (Arrival arrival : arrivals(randomHistory(20 + random.nextInt(60)), 400_000)) {
        run.arrive(arrival);
      }
      run.end();
      assertEachWentOnceAndInOrder(run);
    }
  }

  @Test
  void nothingIsLateThatComesInsideTheWindow() {
    for (int round = 0; round < ROUNDS / 2; round++) {
      String story = "seed %d, round %d".formatted(seed, round);
      OrderingRule rule =
          new OrderingRule(WINDOW, random.nextBoolean() ? WAIT : Duration.ZERO, 999);
      Run run = new Run(new OrderingRules(rule, Map.of()), story);
      for (Arrival arrival : arrivals(plainHistory(), (int) WINDOW.toMillis())) {
        run.arrive(arrival);
      }
      run.end();
      assertThat(run.model.output).as(story).noneMatch(line -> line.startsWith("late"));
      assertEachWentOnceAndInOrder(run);
    }
  }

  private static void assertEachWentOnceAndInOrder(Run run) {
    assertThat(run.sequencer.output().stream().map(Sequenced::event).map(Event::getEventId))
        .as(run.story + ": every event goes once")
        .containsExactlyInAnyOrderElementsOf(run.sent);
    run.sequencer.ordered().stream()
        .collect(groupingBy(EventKeys::record))
        .forEach(
            (record, events) ->
                assertThat(events.stream().map(TestEvent::place))
                    .as(run.story + ": " + record + " is in order")
                    .isSorted());
  }

  /** The sequencer and the model, fed alike. */
  private static final class Run {
    final Sequencer sequencer;
    final OrderingModel model;
    final OrderingRules rules;
    final String story;
    final List<String> sent = new ArrayList<>();
    private long lastArrival = RecordsFlow.START.toEpochMilli();
    private long clock = lastArrival;
    private int compared;
    private long offset;

    Run(OrderingRules rules, String story) {
      this.rules = rules;
      this.story = story;
      sequencer = new Sequencer(rules, RecordsFlow.START);
      model = new OrderingModel(rules);
    }

    void arrive(Arrival arrival) {
      passUntil(RecordsFlow.START.toEpochMilli() + arrival.at());
      Event event = arrival.event().received(sequencer.now()).offset(offset++).build();
      sent.add(event.getEventId());
      sequencer.arrive(event);
      lastArrival = sequencer.now();
      clock = sequencer.now();
      model.arrive(event, clock);
      compare();
    }

    /** The timer runs a few times in between, at any moment. */
    private void passUntil(long time) {
      while (sequencer.now() < time) {
        long step = Math.max(1, (time - sequencer.now() + 1) / 2);
        sequencer.pass(step);
        // The step's clock: time stands still until nothing has come for a second.
        boolean idle = sequencer.now() - lastArrival >= StepClock.IDLE_AFTER_MS;
        clock = idle ? sequencer.now() : clock;
        model.tick(clock);
        compare();
      }
    }

    void end() {
      sequencer.pass(WAIT.toMillis() * 2);
      model.tick(sequencer.now());
      compare();
      assertThat(sequencer.waiting.rows()).as(story).isEmpty();
      for (String missed : Set.of("creation", "sequence", "previous", "needs", "unchanged")) {
        assertThat(sequencer.counted("millrace.prerequisites.missed", "prerequisite", missed))
            .as(story + ": " + missed)
            .isEqualTo(1.0 * Collections.frequency(model.missed, missed));
      }
    }

    private void compare() {
      List<String> news = sequencer.output().stream().skip(compared).map(Run::inWords).toList();
      assertThat(news).as(story).isEqualTo(model.output.subList(compared, model.output.size()));
      compared += news.size();
      assertThat(sequencer.waitingGauge()).as(story).isEqualTo(model.waiting());
      assertThat(model.waiting()).as(story).isLessThanOrEqualTo(rules.maxWaiting());
    }

    private static String inWords(Sequenced sequenced) {
      Event event = sequenced.event();
      return switch (sequenced) {
        case Sequenced.Late late -> "late " + event.getEventId();
        case Sequenced.InOrder inOrder ->
            (event.getMetadata().getOrphan() ? "orphan " : "") + event.getEventId();
      };
    }
  }

  /** An event and when it arrives, milliseconds after the start. */
  private record Arrival(TestEvent event, long at) {}

  /** Every event arrives some time after it happened, most of them soon. */
  private List<Arrival> arrivals(List<TestEvent> history, int longestDelay) {
    List<Arrival> arrivals = new ArrayList<>();
    long at = 0;
    for (TestEvent event : history) {
      at += random.nextInt(3_000);
      int delay =
          switch (random.nextInt(10)) {
            case 0 -> random.nextInt(longestDelay);
            case 1, 2, 3 -> random.nextInt(Math.min(longestDelay, 4_000));
            default -> 0;
          };
      arrivals.add(new Arrival(event, at + delay));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals;
  }

  private OrderingRules randomRules() {
    List<EventPrerequisite> declared =
        List.of(
            new EventPrerequisite(
                List.of("deal.closed"), Map.of("stage", Set.of("s2", "s3")), Set.of("plan")));
    OrderingRule deal =
        new OrderingRule(
            WINDOW,
            WAIT,
            random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 999,
            random.nextInt(4) > 0,
            Set.of("stage", "plan"),
            random.nextBoolean(),
            declared);
    OrderingRule other = new OrderingRule(WINDOW, Duration.ZERO, 999);
    int maxWaiting = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 999;
    return new OrderingRules(other, Map.of("deal", deal), maxWaiting);
  }

  /**
   * What happened to a few records: mostly told as it was, here and there wrongly or not at all.
   */
  private List<TestEvent> randomHistory(int count) {
    List<TestEvent> history = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    long at = 0;
    for (int i = 0; i < count; i++) {
      String record = List.of("deal/D-1", "deal/D-2", "payment/P-1").get(random.nextInt(3));
      String source = random.nextInt(5) == 0 ? "billing" : "crm";
      String field = random.nextBoolean() ? "stage" : "plan";
      String key = record + field;
      at += random.nextInt(4) * 500L;
      TestEvent event =
          TestEvent.of(type(record, history.isEmpty()), record).id("e" + i).source(source);
      event.at(random.nextInt(30) == 0 ? at + Duration.ofDays(9_999).toMillis() : at);
      event.index(random.nextInt(3));
      if (random.nextInt(3) > 0) {
        Optional.ofNullable(fields.get(key)).ifPresent(was -> event.previous(field, was));
      }
      String value = random.nextInt(9) == 0 ? null : STAGES.get(random.nextInt(3));
      event.data(field, value);
      if (random.nextInt(8) > 0) {
        fields.put(key, value);
      }
      if (random.nextInt(4) > 0) {
        long number = numbers.merge(record + source, 1L, Long::sum);
        event.sequence(number);
        numbers.put(record + source, random.nextInt(20) == 0 ? 0 : number);
      }
      history.add(event);
    }
    return history;
  }

  private String type(String record, boolean first) {
    if (record.startsWith("payment")) {
      return "payment.succeeded";
    }
    if (first) {
      return "deal.created";
    }
    return switch (random.nextInt(14)) {
      case 12 -> "note.deleted";
      case 13 -> random.nextBoolean() ? "note.created" : "deal.merged";
      case 0 -> "deal.created";
      case 1 -> "deal.deleted";
      case 2, 3 -> "deal.closed";
      default -> "deal.updated";
    };
  }

  /** Events that prove nothing about what comes before them. */
  private List<TestEvent> plainHistory() {
    List<TestEvent> history = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String record = random.nextBoolean() ? "deal/D-1" : "payment/P-1";
      history.add(
          TestEvent.of(record.substring(0, record.indexOf('/')) + ".updated", record)
              .id("e" + i)
              .at(i)
              .data("stage", STAGES.get(random.nextInt(3))));
    }
    return history;
  }
}
