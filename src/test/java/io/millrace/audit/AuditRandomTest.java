package io.millrace.audit;

import static io.millrace.audit.testing.TestDelivery.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.audit.AuditReport.Verdict;
import io.millrace.audit.Finding.Kind;
import io.millrace.audit.testing.MemoryTopics;
import io.millrace.audit.testing.TestAudit;
import io.millrace.audit.testing.TestDelivery;
import io.millrace.audit.testing.WholeFlow;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * Random deliveries through the real flow, and then one record of one topic removed, doubled or
 * altered: the audit finds exactly that one. To repeat a failure run with -Dseed=SEED.
 */
class AuditRandomTest {
  private static final int FLOWS = 3;
  private static final int DELIVERIES = 40;
  private static final int TAMPERINGS = 20;

  @Test
  void findsTheOneRecordThatWasTamperedWith() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < FLOWS; round++) {
      String story = "seed %d, flow %d".formatted(seed, round);
      MemoryTopics topics = randomFlow(random);
      AuditReport untouched = TestAudit.of(topics.copy());
      assertThat(untouched.verdict()).as("%s: %s", story, untouched).isEqualTo(Verdict.BALANCED);
      assertThat(untouched.counts()).as("%s: %s", story, untouched).isEmpty();
      for (int tampering = 0; tampering < TAMPERINGS; tampering++) {
        MemoryTopics tampered = topics.copy();
        Tampering done = tamper(tampered, random);
        check("%s, %s".formatted(story, done), done, TestAudit.of(tampered));
      }
    }
  }

  private static void check(String story, Tampering done, AuditReport report) {
    assertThat(report.counts().keySet()).as("%s: %s", story, report).isSubsetOf(done.kinds());
    assertThat(report.findings())
        .as("%s: %s", story, report)
        .anyMatch(finding -> finding.places().contains(done.named()));
    boolean isNote = done.kinds().contains(Kind.READS_DIFFERENTLY);
    assertThat(report.verdict())
        .as("%s: %s", story, report)
        .isEqualTo(isNote ? Verdict.BALANCED : Verdict.NOT_BALANCED);
  }

  /**
   * What was done.
   *
   * @param kinds the findings it may lead to
   * @param named the place one of them names
   */
  private record Tampering(String deed, Set<Kind> kinds, Place named) {}

  private static Tampering tamper(MemoryTopics topics, Random random) {
    List<Topic<?>> choice = new ArrayList<>(List.of(Topics.DELIVERIES_RECEIVED));
    Arrays.stream(Outcome.values()).map(Outcome::topic).forEach(choice::add);
    choice.removeIf(topic -> topics.size(topic) == 0);
    Topic<?> topic = choice.get(random.nextInt(choice.size()));
    int offset = random.nextInt(topics.size(topic));
    Place place = new Place(topic.name(), 0, offset);
    SpecificRecord record = topics.get(topic, offset);
    if (record instanceof Delivery) {
      if (!hasOutcome(topics, offset)) {
        // Nothing in any topic speaks of it yet, so nobody can miss it.
        return tamper(topics, random);
      }
      topics.remove(topic, offset);
      return new Tampering("removed " + place, Set.of(Kind.OUT_OF_NOWHERE, Kind.SWALLOWED), place);
    }
    return switch (random.nextInt(3)) {
      case 0 -> {
        topics.remove(topic, offset);
        yield new Tampering("removed " + place, Set.of(Kind.MISSING), delivery(record));
      }
      case 1 -> {
        topics.repeat(topic, offset);
        yield new Tampering(
            "doubled " + place,
            Set.of(Kind.DOUBLED),
            new Place(topic.name(), 0, topics.size(topic) - 1));
      }
      default -> alter(topics, topic, place, record, random.nextBoolean());
    };
  }

  private static boolean hasOutcome(MemoryTopics topics, int delivery) {
    for (Outcome outcome : Outcome.values()) {
      for (int offset = 0; offset < topics.size(outcome.topic()); offset++) {
        if (delivery(topics.get(outcome.topic(), offset)).offset() == delivery) {
          return true;
        }
      }
    }
    return false;
  }

  private static Tampering alter(
      MemoryTopics topics, Topic<?> topic, Place place, SpecificRecord record, boolean identity) {
    Kind kind = identity ? Kind.DIFFERS : Kind.READS_DIFFERENTLY;
    SpecificRecord altered =
        switch (record) {
          case Event event when identity ->
              Event.newBuilder(event).setEventId(event.getEventId() + "x").build();
          case Event event ->
              Event.newBuilder(event).setOccurredAt(event.getOccurredAt().plusMillis(1)).build();
          case DuplicateEvent event when identity ->
              DuplicateEvent.newBuilder(event).setSource("crm").build();
          case DuplicateEvent event ->
              DuplicateEvent.newBuilder(event).setEventType("lead.deleted").build();
          case DeadLetter letter -> DeadLetter.newBuilder(letter).setSource("crm").build();
          default -> throw new IllegalStateException(topic + " holds " + record);
        };
    topics.replace(topic, (int) place.offset(), altered);
    return new Tampering(
        "altered " + place, Set.of(record instanceof DeadLetter ? Kind.DIFFERS : kind), place);
  }

  private static Place delivery(SpecificRecord record) {
    long offset =
        switch (record) {
          case Event event -> event.getMetadata().getLineage().getOffset();
          case DuplicateEvent event -> event.getLineage().getOffset();
          case DeadLetter letter -> letter.getLineage().getOffset();
          default -> throw new IllegalStateException(record.toString());
        };
    return new Place(Topics.DELIVERIES_RECEIVED.name(), 0, offset);
  }

  /** Deliveries of one to five events; some come again, some are late, refused or unreadable. */
  private static MemoryTopics randomFlow(Random random) {
    List<Delivery> sent = new ArrayList<>();
    Instant now = NOON;
    try (WholeFlow flow = new WholeFlow(NOON)) {
      for (int number = 0; number < DELIVERIES; number++) {
        now = now.plusMillis(random.nextInt(60_000));
        Delivery delivery =
            sent.isEmpty() || random.nextInt(5) > 0
                ? fresh("d-" + number, now, number, random)
                : again("d-" + number, sent.get(random.nextInt(sent.size())), now, random);
        sent.add(delivery);
        flow.deliver(delivery);
        flow.pass(Duration.ofMillis(random.nextInt(3_000)));
      }
      if (random.nextBoolean()) {
        flow.pass(Duration.ofMinutes(10));
      }
      return flow.topics();
    }
  }

  private static Delivery fresh(String id, Instant now, int number, Random random) {
    String[] events = new String[1 + random.nextInt(5)];
    for (int index = 0; index < events.length; index++) {
      Instant at = now.minusMillis(random.nextInt(120_000));
      String eventId = number + "-" + index;
      String lead = "L-" + random.nextInt(6);
      events[index] =
          switch (random.nextInt(8)) {
            case 0 -> TestDelivery.nobody();
            case 1, 2 -> TestDelivery.click(eventId, lead + "@example.com", at);
            case 3, 4 -> TestDelivery.lead("lead.created", eventId, lead, at);
            default -> TestDelivery.lead(eventId, lead, at);
          };
    }
    return random.nextInt(15) == 0
        ? TestDelivery.of(id, now, "not JSON")
        : TestDelivery.of(id, now, events);
  }

  /** The sender's retry, or the replay of a part. */
  private static Delivery again(String id, Delivery earlier, Instant now, Random random) {
    return random.nextInt(3) == 0
        ? TestDelivery.replay(earlier, random.nextInt(3) - 1)
        : Delivery.newBuilder(earlier).setDeliveryId(id).setReceivedAt(now).build();
  }
}
