package io.millrace.flow;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.flow.naive.RecordsModel;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random events of a few records, sent in random order with duplicates, through the whole role. To
 * repeat a failure run with -Dseed=SEED.
 */
class RecordsRandomTest {
  private static final int ROUNDS = 40;
  private static final int ORDERS_PER_ROUND = 3;
  private static final List<String> RECORDS =
      List.of("lead/L-1", "lead/L-2", "lead/L-3", "payment/P-1");

  @Test
  void everyOrderEndsInTheSameRecordsAndLosesNothing() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<TestEvent> events = randomEvents(random);
      for (int order = 0; order < ORDERS_PER_ROUND; order++) {
        check("seed %d, round %d, order %d".formatted(seed, round, order), send(events, random));
      }
    }
  }

  private static void check(String story, Outcome outcome) {
    assertThat(
            outcome.ordered().size()
                + outcome.late().size()
                + outcome.duplicates().size()
                + outcome.deadLetters().size())
        .as(story + ": every accepted event is in one topic")
        .isEqualTo(outcome.sent().size());

    List<Event> admitted = new ArrayList<>(outcome.ordered());
    admitted.addAll(outcome.late());
    assertThat(admitted.stream().map(EventKeys::identity))
        .as(story + ": each is admitted once")
        .doesNotHaveDuplicates()
        .hasSameElementsAs(outcome.admissible());

    outcome.ordered().stream()
        .collect(groupingBy(EventKeys::record))
        .forEach(
            (record, inOrder) ->
                assertThat(inOrder.stream().map(TestEvent::place))
                    .as(story + ": " + record + " is in order")
                    .isSorted());

    for (String record : RECORDS.subList(0, 3)) {
      String id = record.substring("lead/".length());
      List<Event> ofRecord =
          admitted.stream().filter(event -> EventKeys.record(event).equals(record)).toList();
      byte[] expected =
          RecordsModel.lead(id, ofRecord)
              .map(
                  lead ->
                      new LocalSerdes()
                          .values(Topics.CRM_LEADS)
                          .serializer()
                          .serialize(Topics.CRM_LEADS.name(), lead))
              .orElse(new byte[0]);
      assertThat(outcome.leads().getOrDefault(id, new byte[0]))
          .as(story + ": " + record + " ends as the model says")
          .isEqualTo(expected);
    }
  }

  /** Sends every event once or more often, in some order, with pauses of any length. */
  private static Outcome send(List<TestEvent> events, Random random) {
    List<TestEvent> arrivals = new ArrayList<>(events);
    if (random.nextBoolean()) {
      Collections.shuffle(arrivals, random);
    } else {
      swapNeighbours(arrivals, random);
    }
    for (int i = random.nextInt(events.size()); i > 0; i--) {
      arrivals.add(random.nextInt(arrivals.size() + 1), events.get(random.nextInt(events.size())));
    }
    try (RecordsFlow flow = new RecordsFlow()) {
      List<Event> sent = new ArrayList<>();
      for (TestEvent arrival : arrivals) {
        flow.caughtUp(random.nextInt(3) > 0);
        sent.add(flow.arrive(arrival));
        flow.pass(pause(random));
      }
      flow.caughtUp(true);
      flow.pass(Duration.ofMinutes(10));
      flow.pass(Duration.ofMinutes(10));
      return new Outcome(
          sent,
          flow.ordered(),
          flow.read(Topics.EVENTS_LATE).stream().map(late -> late.value()).toList(),
          flow.duplicates(),
          flow.deadLetters(),
          flow.tableOf(Topics.CRM_LEADS));
    }
  }

  private static void swapNeighbours(List<TestEvent> arrivals, Random random) {
    for (int i = 1; i < arrivals.size(); i++) {
      if (random.nextBoolean()) {
        Collections.swap(arrivals, i - 1, i);
      }
    }
  }

  private static Duration pause(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Duration.ofMinutes(random.nextInt(7));
      case 1, 2, 3 -> Duration.ofMillis(random.nextInt(4_000));
      default -> Duration.ofMillis(random.nextInt(300));
    };
  }

  private static List<TestEvent> randomEvents(Random random) {
    List<TestEvent> events = new ArrayList<>();
    Map<String, Long> sequences = new HashMap<>();
    long at = 1_000;
    int count = 5 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      at += random.nextInt(3);
      String record = RECORDS.get(random.nextInt(RECORDS.size()));
      TestEvent event = TestEvent.of(type(record, random), record).id("e" + i).at(at);
      event.index(random.nextInt(3));
      event.source(random.nextInt(50) == 0 ? RecordsFlow.BROKEN_SOURCE : source(random));
      if (random.nextInt(3) == 0) {
        event.sequence(sequences.merge(record, 1L, Long::sum));
      }
      event.data(field(random), random.nextInt(5) == 0 ? null : value(random));
      if (random.nextInt(3) == 0) {
        event.previous(field(random), random.nextBoolean() ? null : value(random));
      }
      events.add(event);
    }
    return events;
  }

  private static String type(String record, Random random) {
    if (record.startsWith("payment")) {
      return "payment.succeeded";
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> "lead.created";
      case 2 -> "lead.deleted";
      default -> "lead.updated";
    };
  }

  private static String source(Random random) {
    return random.nextBoolean() ? "crm" : "billing";
  }

  private static String field(Random random) {
    return List.of("status", "owner", "plan").get(random.nextInt(3));
  }

  private static String value(Random random) {
    return "v" + random.nextInt(3);
  }

  /** What went in and what came out. */
  private record Outcome(
      List<Event> sent,
      List<Event> ordered,
      List<Event> late,
      List<DuplicateEvent> duplicates,
      List<DeadLetter> deadLetters,
      Map<String, byte[]> leads) {

    /** Identities of everything that does not fail. */
    Collection<String> admissible() {
      Set<String> identities = new HashSet<>();
      sent.stream()
          .filter(event -> !event.getSource().equals(RecordsFlow.BROKEN_SOURCE))
          .forEach(event -> identities.add(EventKeys.identity(event)));
      return identities;
    }
  }
}
