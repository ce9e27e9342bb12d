package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.kafka.Topic;
import io.millrace.rule.EventKeys;
import io.millrace.rule.TestEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** Role records: leads, contacts, deals and accounts from creation to deletion and back. */
final class RecordsSubject implements Subject {
  private static final int MOST_EVENTS = 1_500;
  private static final List<String> TYPES = List.of("lead", "contact", "deal", "account");
  private static final List<String> FIELDS =
      List.of("status", "owner", "stage", "email", "name", "plan", "region");

  /** Longer than any event waits for what is missing. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  @Override
  public List<Event> events(Random random) {
    int count = 1 + random.nextInt(MOST_EVENTS);
    int records = 1 + random.nextInt(count / 5 + 1);
    List<Event> events = new ArrayList<>();
    long at = 1_000;
    for (int i = 0; i < count; i++) {
      at += random.nextInt(3);
      events.add(event(random, records, at).id("e" + i).build());
    }
    return events;
  }

  private static TestEvent event(Random random, int records, long at) {
    String type = TYPES.get(random.nextInt(TYPES.size()));
    String record = type + "/" + random.nextInt(records);
    TestEvent event = TestEvent.of(type + "." + verb(random), record).at(at);
    event.index(random.nextInt(3)).source(random.nextBoolean() ? "crm" : "billing");
    if (random.nextInt(4) == 0) {
      event.sequence(at / 2);
    }
    if (random.nextInt(10) == 0) {
      event.email("p" + random.nextInt(3) + "@example.com");
    }
    for (int fields = random.nextInt(4); fields > 0; fields--) {
      event.data(field(random), random.nextInt(6) == 0 ? null : value(random));
    }
    if (random.nextInt(3) == 0) {
      event.previous(field(random), random.nextInt(3) == 0 ? null : value(random));
    }
    return event;
  }

  private static String verb(Random random) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> "created";
      case 3 -> "deleted";
      case 4 -> "restored";
      default -> "updated";
    };
  }

  private static String field(Random random) {
    return FIELDS.get(random.nextInt(FIELDS.size()));
  }

  private static String value(Random random) {
    return "v" + random.nextInt(3);
  }

  @Override
  public SortedMap<String, String> expected(Collection<Event> events) {
    SortedMap<String, String> expected = new TreeMap<>();
    new RecordsReference(events).rows().forEach((row, value) -> expected.put(row, bytes(value)));
    events.forEach(event -> expected.put("admitted " + EventKeys.identity(event), "once"));
    return expected;
  }

  @Override
  public SortedMap<String, String> outcome(List<Arrival> arrivals) {
    try (RecordsFlow flow = new RecordsFlow()) {
      arrivals.forEach(
          arrival -> {
            flow.caughtUp(arrival.caughtUp());
            flow.arrive(arrival.event());
            flow.pass(arrival.pause());
          });
      flow.caughtUp(true);
      flow.pass(SETTLED);
      flow.pass(SETTLED);
      return outcome(flow);
    }
  }

  private static SortedMap<String, String> outcome(RecordsFlow flow) {
    SortedMap<String, String> outcome = new TreeMap<>();
    for (Topic<?> topic : RecordsReference.TOPICS) {
      flow.tableOf(topic)
          .forEach(
              (id, row) -> outcome.put(topic.name() + " " + id, HexFormat.of().formatHex(row)));
    }
    List<Event> admitted = new ArrayList<>(flow.ordered());
    flow.read(Topics.EVENTS_LATE).forEach(late -> admitted.add(late.value()));
    admitted.forEach(
        event ->
            outcome.merge(
                "admitted " + EventKeys.identity(event), "once", (one, more) -> "more than once"));
    flow.deadLetters().forEach(letter -> outcome.put("dead " + letter.getEventId(), "" + letter));
    return outcome;
  }

  private static String bytes(SpecificRecord row) {
    return EngagementConvergenceTest.bytes(row);
  }

  @Override
  public String toString() {
    return "records";
  }
}
