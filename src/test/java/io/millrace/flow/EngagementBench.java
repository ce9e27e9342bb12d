package io.millrace.flow;

import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Identifier;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.flow.engagement.OpenPanes;
import io.millrace.flow.score.ScoreLeads;
import io.millrace.flow.signal.DetectSignals;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.StoreWalk;
import io.millrace.flow.testing.EngagementEvents;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.flow.testing.FlowOutputs;
import io.millrace.flow.testing.TestRules;
import io.millrace.flow.usage.CountUsage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/**
 * What an event of a usual mix costs role engagement, on the stores of production: CPU with the
 * topology's test driver, which commits after every event and so costs more than the flow itself,
 * and rows and bytes written. {@code mvn -Pbench test -Dbench=EngagementBench}; {@code
 * -Dbench.events=200000} and {@code -Dbench.people=100000} say how many, and {@code
 * -Dbench.identified=false} gives them identifiers of others, so that nobody's person is looked
 * for.
 */
final class EngagementBench {
  private static final int EVENTS = Integer.getInteger("bench.events", 200_000);
  private static final int PEOPLE = Integer.getInteger("bench.people", 100_000);
  private static final boolean IDENTIFIED =
      Boolean.parseBoolean(System.getProperty("bench.identified", "true"));
  private static final String[] TYPES = {
    "page.viewed", "email.opened", "email.clicked", "product.used"
  };

  @Test
  void mixOfManyPeople() {
    Random random = new Random(7);
    Map<String, FlowOutputs.Written> written = new TreeMap<>();
    long cpu = 0;
    try (EngagementFlow flow =
        new EngagementFlow(EngagementEvents.NOON, TestRules.real(), StoreKind.ROCKSDB)) {
      Instant now = EngagementEvents.NOON;
      for (int i = 0; i < EVENTS; i++) {
        if (i % 100 == 0) {
          now = now.plusMillis(10);
          flow.written()
              .forEach((topic, some) -> written.merge(topic, some, FlowOutputs.Written::plus));
          long began = cpuNanos();
          flow.pass(Duration.ofMillis(10));
          cpu += cpuNanos() - began;
        }
        Event event = event(random, i, now);
        long began = cpuNanos();
        flow.arrive(event);
        cpu += cpuNanos() - began;
      }
      for (int second = 0; second < 300; second++) {
        long began = cpuNanos();
        flow.pass(Duration.ofSeconds(1));
        cpu += cpuNanos() - began;
        flow.written()
            .forEach((topic, some) -> written.merge(topic, some, FlowOutputs.Written::plus));
      }
    }
    System.out.printf(
        "%n%,d events of %,d people: %.1f us of CPU an event%n",
        EVENTS, PEOPLE, cpu / 1e3 / EVENTS);
    written.forEach(
        (topic, all) ->
            System.out.printf(
                "  %-46s %8.3f rows and %7.1f bytes an event%n",
                topic, (double) all.rows() / EVENTS, (double) all.bytes() / EVENTS));
  }

  /**
   * What is in the stores of people who looked at prices, read mail and used the product, twice
   * each.
   */
  @Test
  void stateOfPeople() {
    int people = Integer.getInteger("bench.people", 20_000);
    Random random = new Random(7);
    Instant now = EngagementEvents.NOON;
    try (EngagementFlow flow = new EngagementFlow(now, TestRules.real(), StoreKind.IN_MEMORY)) {
      for (int i = 0; i < 8 * people; i++) {
        now = now.plusMillis(10);
        flow.arriveAt(now, event(random, i, i / 8, TYPES[i % 4], now));
        if (i % 100 == 0) {
          flow.written();
        }
      }
      pass(flow, 180);
      printState(flow, people, "all of them");
      flow.arriveAt(
          now.plus(Duration.ofDays(20)),
          event(random, -1, people, "email.opened", now.plus(Duration.ofDays(20))));
      pass(flow, 10 * (2 * people / StoreWalk.ROWS_AT_ONCE + 2));
      printState(flow, people, "all of them, silent for twenty days");
    }
  }

  private static void pass(EngagementFlow flow, int seconds) {
    for (int second = 0; second < seconds; second++) {
      flow.pass(Duration.ofSeconds(1));
      flow.written();
    }
  }

  private static void printState(EngagementFlow flow, int people, String what) {
    System.out.printf("%n%,d people, %s:%n", people, what);
    for (String store :
        List.of(OpenPanes.PANES, DetectSignals.MEMORY, CountUsage.MEMORY, ScoreLeads.MEMORY)) {
      long rows = 0;
      long bytes = 0;
      try (KeyValueIterator<String, SpecificRecord> all = flow.<SpecificRecord>store(store).all()) {
        while (all.hasNext()) {
          KeyValue<String, SpecificRecord> row = all.next();
          rows++;
          bytes += row.key.length() + EngagementConvergenceTest.bytes(row.value).length() / 2;
        }
      }
      System.out.printf(
          "  %-20s %,12d rows, %,8.1f MB for a million people%n",
          store, rows, bytes / (double) people);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Event event(Random random, int number, Instant now) {
    return event(random, number, random.nextInt(PEOPLE), TYPES[random.nextInt(TYPES.length)], now);
  }

  private static Event event(Random random, int number, int person, String type, Instant now) {
    Instant occurredAt = random.nextInt(20) == 0 ? now.minusMillis(random.nextInt(1_500)) : now;
    String email = "p" + person + "@example.com";
    return Event.newBuilder()
        .setEventId("r7-" + number % 4 + "-" + number)
        .setEventType(type)
        .setSource("bench" + (1 + random.nextInt(8)))
        .setOccurredAt(occurredAt)
        .setReceivedAt(now)
        .setRecord(new RecordRef("person", email))
        .setPerson(
            new PersonIdentity(email, email, null, Map.of(), null, identifiers(person), List.of()))
        .setData(
            Map.of(
                "person_id",
                "P-" + person,
                "email",
                email,
                "url",
                "https://www.example.com/pricing?x=" + person % 7,
                "campaign",
                "spring-2026",
                "user_agent",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
                "ip",
                "203.0.113.9",
                "referrer",
                "https://news.example.org/article/" + number % 100))
        .setMetadata(
            EventMetadata.newBuilder()
                .setAssurance("API_KEY")
                .setLineage(new Lineage("01J0000000000000000000" + number, 0, (long) number, 0))
                .build())
        .build();
  }

  /** One person in ten is known by a user id as well. */
  private static List<Identifier> identifiers(int person) {
    String email = "p" + person + "@example.com";
    Identifier ofEmail = new Identifier(IDENTIFIED ? email : "-" + email, "email", "", email);
    return person % 10 == 0
        ? List.of(ofEmail, new Identifier("user" + person, "user", "shop", "U-" + person))
        : List.of(ofEmail);
  }
}
