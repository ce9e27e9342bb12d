package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
import io.millrace.event.Event;
import io.millrace.flow.naive.NaiveRecords;
import io.millrace.flow.record.CrmRecords;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a few leads that are merged, deleted and created again, in random order with
 * duplicates, through the whole role. To repeat a failure run with -Dseed=SEED, for more rounds
 * with -Drounds=N.
 */
class MergesRandomTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 20);
  private static final int ORDERS_PER_ROUND = 2;
  private static final List<String> LEADS = List.of("L-1", "L-2", "L-3", "L-4");

  @Test
  void everyOrderEndsInTheRowsTheNaiveModelFinds() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<TestEvent> events = randomEvents(random);
      Map<String, String> expected = rows(events.stream().map(TestEvent::build).toList());
      for (int order = 0; order < ORDERS_PER_ROUND; order++) {
        check(
            "seed %d, round %d, order %d".formatted(seed, round, order), events, random, expected);
      }
    }
  }

  private static void check(
      String story, List<TestEvent> events, Random random, Map<String, String> expected) {
    try (RecordsFlow flow = new RecordsFlow()) {
      List<TestEvent> arrivals = new ArrayList<>(events);
      for (int i = random.nextInt(events.size()); i > 0; i--) {
        arrivals.add(events.get(random.nextInt(events.size())));
      }
      Collections.shuffle(arrivals, random);
      for (TestEvent arrival : arrivals) {
        flow.caughtUp(random.nextInt(3) > 0);
        flow.arrive(arrival);
        flow.pass(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 100 : 5_000)));
      }
      flow.caughtUp(true);
      flow.pass(Duration.ofMinutes(10));
      flow.pass(Duration.ofMinutes(10));

      List<Event> admitted = new ArrayList<>(flow.ordered());
      flow.read(Topics.EVENTS_LATE).forEach(late -> admitted.add(late.value()));
      assertThat(admitted.stream().map(EventKeys::identity))
          .as(story + ": each event is admitted once, under its own record")
          .doesNotHaveDuplicates()
          .hasSize(events.size());
      assertThat(flow.deadLetters()).as(story).isEmpty();
      Map<String, String> rows = new TreeMap<>();
      flow.tableOf(Topics.CRM_LEADS)
          .forEach(
              (id, bytes) -> {
                if (bytes != null) {
                  rows.put(id, HexFormat.of().formatHex(bytes));
                }
              });
      assertThat(rows).as(story).isEqualTo(expected);
    }
  }

  /** The rows of crm-leads as hexadecimal digits, by id. */
  private static Map<String, String> rows(List<Event> events) {
    Map<String, String> rows = new TreeMap<>();
    NaiveRecords.records(events)
        .forEach(
            (id, lead) ->
                rows.put(
                    id,
                    HexFormat.of()
                        .formatHex(
                            new LocalSerdes()
                                .values(Topics.CRM_LEADS)
                                .serializer()
                                .serialize(
                                    Topics.CRM_LEADS.name(),
                                    CrmRecords.of(CrmLead.class).of(id, lead)))));
    return rows;
  }

  private static List<TestEvent> randomEvents(Random random) {
    List<TestEvent> events = new ArrayList<>();
    int count = 5 + random.nextInt(25);
    long at = 1_000;
    for (int i = 0; i < count; i++) {
      at += random.nextInt(3);
      String lead = "lead/" + LEADS.get(random.nextInt(LEADS.size()));
      TestEvent event =
          switch (random.nextInt(12)) {
            case 0, 1 -> TestEvent.of("lead.created", lead);
            case 2 -> TestEvent.of("lead.restored", lead);
            case 3, 4 -> TestEvent.of("lead.deleted", lead);
            case 5 -> TestEvent.of("lead.merged", lead).data("merged_into", one(random));
            case 6, 7 -> TestEvent.of("lead.merged", lead).data("merged_ids", others(random));
            case 8 -> TestEvent.of("note." + turn(random), lead).data("merged_ids", one(random));
            default -> TestEvent.of("lead.updated", lead);
          };
      event.id("e" + random.nextInt(1_000) + "-" + i).at(at);
      event.source(random.nextBoolean() ? "crm" : "billing");
      String field = field(random);
      event.data(field, value(random));
      if (random.nextInt(3) == 0) {
        event.previous(random.nextInt(3) == 0 ? field(random) : field, value(random));
      }
      events.add(event);
    }
    return events;
  }

  private static String others(Random random) {
    return random.nextBoolean() ? one(random) : "[\"" + one(random) + "\",\"" + one(random) + "\"]";
  }

  private static String one(Random random) {
    return LEADS.get(random.nextInt(LEADS.size()));
  }

  private static String turn(Random random) {
    return List.of("created", "restored", "deleted", "merged").get(random.nextInt(4));
  }

  private static String field(Random random) {
    return List.of("status", "owner", "plan").get(random.nextInt(3));
  }

  private static @Nullable String value(Random random) {
    return random.nextInt(5) == 0 ? null : "v" + random.nextInt(3);
  }
}
