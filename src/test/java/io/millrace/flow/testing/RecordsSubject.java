package io.millrace.flow.testing;

import io.millrace.event.CrmAccount;
import io.millrace.event.CrmContact;
import io.millrace.event.CrmDeal;
import io.millrace.event.CrmLead;
import io.millrace.event.Event;
import io.millrace.flow.EngagementConvergenceTest;
import io.millrace.flow.naive.NaiveRecords;
import io.millrace.flow.record.CrmRecords;
import io.millrace.flow.record.VisibleRecord;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Role records: leads, contacts, deals and accounts from creation to deletion and back. */
public final class RecordsSubject implements Subject {
  private static final int MOST_EVENTS = 1_500;
  private static final List<String> TYPES = List.of("lead", "contact", "deal", "account");
  private static final Set<String> TURNS = Set.of("created", "deleted", "restored");
  private static final List<String> FIELDS =
      List.of("status", "owner", "stage", "email", "name", "plan", "region");

  private static final List<Topic<?>> TOPICS =
      List.of(Topics.CRM_LEADS, Topics.CRM_CONTACTS, Topics.CRM_DEALS, Topics.CRM_ACCOUNTS);

  /** Of more creations and deletions of one record the earliest are no longer told apart. */
  private static final int MOST_TURNS = 16;

  /** Longer than any event waits for what is missing. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  @Override
  public List<Event> events(Random random) {
    int count = 1 + random.nextInt(MOST_EVENTS);
    int records = 1 + random.nextInt(count / 5 + 1);
    List<Event> events = new ArrayList<>();
    Map<String, Integer> turns = new HashMap<>();
    long at = 1_000;
    for (int i = 0; i < count; i++) {
      at += random.nextInt(3);
      String record = TYPES.get(random.nextInt(TYPES.size())) + "/" + random.nextInt(records);
      String verb = verb(random);
      if (TURNS.contains(verb) && turns.merge(record, 1, Integer::sum) > MOST_TURNS) {
        verb = "updated";
      }
      events.add(event(random, record, verb, records, at).id("e" + i).build());
    }
    return events;
  }

  private static TestEvent event(Random random, String record, String verb, int records, long at) {
    String type = record.substring(0, record.indexOf('/'));
    TestEvent event = TestEvent.of(type + "." + verb, record).at(at);
    if (verb.equals("merged")) {
      event.data(
          "merged_ids",
          "[\"%d\",\"%d\"]".formatted(random.nextInt(records), random.nextInt(records)));
    }
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
    return switch (random.nextInt(25)) {
      case 0, 1, 2, 3, 4, 5 -> "created";
      case 6, 7 -> "deleted";
      case 8, 9 -> "restored";
      case 10 -> "merged";
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
  public NavigableMap<String, String> expected(Collection<Event> events) {
    NavigableMap<String, String> expected = new TreeMap<>();
    events.stream()
        .collect(Collectors.groupingBy(event -> event.getRecord().getType()))
        .forEach(
            (type, theirs) ->
                NaiveRecords.records(theirs)
                    .forEach(
                        (id, record) ->
                            expected.put("crm-" + type + "s " + id, bytes(row(type, id, record)))));
    events.forEach(event -> expected.put("admitted " + EventKeys.identity(event), "once"));
    return expected;
  }

  @Override
  public NavigableMap<String, String> outcome(List<Arrival> arrivals) {
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

  /** What the readers have ended up with. */
  public static NavigableMap<String, String> outcome(RecordsFlow flow) {
    NavigableMap<String, String> outcome = new TreeMap<>();
    for (Topic<?> topic : TOPICS) {
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

  private static SpecificRecord row(String type, String id, VisibleRecord record) {
    Class<? extends SpecificRecord> shape =
        switch (type) {
          case "lead" -> CrmLead.class;
          case "contact" -> CrmContact.class;
          case "deal" -> CrmDeal.class;
          default -> CrmAccount.class;
        };
    return CrmRecords.of(shape).of(id, record);
  }

  private static String bytes(SpecificRecord row) {
    return EngagementConvergenceTest.bytes(row);
  }

  @Override
  public String toString() {
    return "records";
  }
}
