package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.FieldProblem;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.Lineage;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestRules;
import io.millrace.model.EventSize;
import io.millrace.model.Reason;
import io.millrace.normalize.Normalized;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class NormalizeDeliveriesTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-01T10:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String BODY = "[{}, {}, {}]";

  @Test
  void sendsEveryPartOfADeliveryToItsTopic() {
    Event lead = TestEvent.of("lead.created", "lead/L-1").build();
    Event click = TestEvent.of("email.clicked", "person/a@example.com").build();
    DeadLetter refused =
        DeadLetters.of(lead, DeadLetters.failed("x", 0, new IllegalStateException("x")));

    Output output =
        run(
            (delivery, partition, offset) ->
                List.of(
                    new Normalized.Event(lead),
                    new Normalized.Refused(refused),
                    new Normalized.Event(click)));

    assertThat(output.recordEvents())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("lead/L-1");
              assertThat(record.value()).isEqualTo(lead);
              assertThat(record.timestamp()).isEqualTo(RECEIVED.toEpochMilli());
            });
    assertThat(output.engagementEvents())
        .singleElement()
        .satisfies(record -> assertThat(record.key()).isEqualTo("a@example.com"));
    assertThat(output.deadLetters())
        .singleElement()
        .satisfies(record -> assertThat(record.key()).isEqualTo("crm"));
  }

  @Test
  void deliveryItFailsOnIsOneDeadLetterWithTheOriginalBody() {
    Output output =
        run(
            (delivery, partition, offset) -> {
              throw new IllegalStateException("cannot read this");
            });

    assertThat(output.recordEvents()).isEmpty();
    DeadLetter letter = output.deadLetters().getFirst().value();
    assertThat(letter.getReason()).isEqualTo(Reason.PROCESSING_FAILED.name());
    assertThat(letter.getDeadLetterId()).isEqualTo("D-1/-1");
    assertThat(StandardCharsets.UTF_8.decode(letter.getOriginal()).toString()).isEqualTo(BODY);
    assertThat(letter.getAttempts().getFirst().getError()).contains("cannot read this");
  }

  @Test
  void eventNoTopicWouldTakeIsADeadLetter() {
    String large = "x".repeat(EventSize.MAX_BYTES + 1);
    Event event = TestEvent.of("lead.created", "lead/L-1").data("a", large).build();

    Output output = run((delivery, partition, offset) -> List.of(new Normalized.Event(event)));

    assertThat(output.recordEvents()).isEmpty();
    assertThat(output.deadLetters().getFirst().value().getReason())
        .isEqualTo(Reason.EVENT_TOO_LARGE.name());
  }

  @Test
  void countsBadFieldsOfEventsAndOfDeadLetters() {
    var registry = new SimpleMeterRegistry();
    var event =
        TestEvent.of("lead.created", "lead/L-1").problem("phone", "KEEP").problem("fax", "NULL");
    DeadLetter refused =
        DeadLetters.of(event.build(), DeadLetters.failed("x", 0, new IllegalStateException("x")));

    Output output =
        run(
            (delivery, partition, offset) ->
                List.of(
                    new Normalized.Event(event.build()),
                    new Normalized.Refused(
                        refused,
                        List.of(new FieldProblem("email", "email", "REFUSE", "x", "is bad")))),
            registry);

    assertThat(output.recordEvents().getFirst().value().getMetadata().getProblems()).hasSize(2);
    assertThat(registry.find("millrace.fields.bad").tags("source", "crm").counters())
        .extracting(each -> each.getId().getTag("field") + " " + each.getId().getTag("policy"))
        .containsExactlyInAnyOrder("phone KEEP", "fax NULL", "email REFUSE");
  }

  @Test
  void onlyCountsWhatReportsNothing() {
    var registry = new SimpleMeterRegistry();
    Event lead = TestEvent.of("lead.created", "lead/L-1").build();

    Output output =
        run(
            (delivery, partition, offset) ->
                List.of(
                    new Normalized.Nothing("ping", new Lineage("D-1", partition, offset, 0)),
                    new Normalized.Event(lead),
                    new Normalized.Nothing("ping", new Lineage("D-1", partition, offset, 2))),
            registry);

    assertThat(output.recordEvents()).hasSize(1);
    assertThat(output.engagementEvents()).isEmpty();
    assertThat(output.deadLetters()).isEmpty();
    assertThat(
            registry
                .get("millrace.deliveries.nothing")
                .tags("source", "crm", "what", "ping")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void tellsTheHomeOfTheFirstIdentifierWhatAnEventNames() {
    Event lead = TestEvent.of("lead.created", "lead/L-1").build();

    Output output = run(sightings(lead, told("1", NOON, "a", "b"), told("1", NOON, "x")));

    assertThat(output.recordEvents()).hasSize(1);
    assertThat(output.sightings()).extracting(TestRecord::key).containsExactly("a", "x");
    assertThat(output.sightings().getFirst().value()).isEqualTo(told("1", NOON, "a", "b"));
    assertThat(output.sightings().getFirst().timestamp()).isEqualTo(RECEIVED.toEpochMilli());
  }

  @Test
  void writesASightingOnceUnlessItIsEarlierOrOfAnotherDay() {
    Event lead = TestEvent.of("lead.created", "lead/L-1").build();
    Instant later = NOON.plusSeconds(1);
    Instant tomorrow = NOON.plus(Duration.ofDays(1));

    Output output =
        run(
            sightings(
                lead,
                told("3", NOON, "a", "b"),
                told("3", NOON, "a", "b"),
                told("4", later, "a", "b"),
                told("2", NOON, "a", "b"),
                told("5", NOON, "a", "c"),
                told("6", tomorrow.plus(Duration.ofDays(1)), "a", "b"),
                told("7", tomorrow, "a", "b"),
                told("8", NOON.minus(Duration.ofDays(1)), "a", "b")));

    assertThat(output.sightings())
        .extracting(record -> record.value().getEvidence().getEventId())
        .containsExactly("3", "2", "5", "6", "8");
  }

  @Test
  void mergeIsAnotherSightingOfTheSameIdentifiers() {
    Event lead = TestEvent.of("lead.merged", "lead/L-1").build();
    IdentifierSighting named = told("1", NOON, "a", "b");
    var merged =
        new IdentifierSighting(named.getIdentifiers(), "MERGED", named.getEvidence(), List.of());

    assertThat(run(sightings(lead, named, merged)).sightings()).hasSize(2);
  }

  @Test
  void eventNoTopicWouldTakeTellsNothing() {
    String large = "x".repeat(EventSize.MAX_BYTES + 1);
    Event event = TestEvent.of("lead.created", "lead/L-1").data("a", large).build();

    assertThat(run(sightings(event, told("1", NOON, "a", "b"))).sightings()).isEmpty();
  }

  private static DeliveryNormalizer sightings(Event event, IdentifierSighting... told) {
    return (delivery, partition, offset) -> List.of(new Normalized.Event(event, List.of(told)));
  }

  private static IdentifierSighting told(String eventId, Instant at, String... ids) {
    return new IdentifierSighting(
        Arrays.stream(ids).map(id -> new Identifier(id, "email", "", id)).toList(),
        "NAMED",
        new IdentityEvidence("crm", eventId, "lead.created", at),
        List.of());
  }

  private static Output run(DeliveryNormalizer normalizer) {
    return run(normalizer, new SimpleMeterRegistry());
  }

  private static Output run(DeliveryNormalizer normalizer, MeterRegistry registry) {
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            normalizer,
            source -> Duration.ofDays(3),
            TestRules.with(RecordsFlow.defaultRules()),
            (topic, partition) -> true,
            new FlowMetrics(registry),
            StoreKind.IN_MEMORY);
    try (TopologyTestDriver driver =
        new TopologyTestDriver(topology.normalize(), RecordsFlow.settings(), RECEIVED)) {
      driver
          .createInputTopic(
              Topics.DELIVERIES_RECEIVED.name(),
              new StringSerializer(),
              StateSerde.of(Delivery.class).serializer())
          .pipeInput("crm", delivery(), RECEIVED);
      return new Output(
          read(driver, Topics.RECORD_EVENTS.name(), Event.class),
          read(driver, Topics.ENGAGEMENT_EVENTS.name(), Event.class),
          read(driver, Topics.DEAD_LETTERS.name(), DeadLetter.class),
          read(driver, Topics.IDENTIFIER_SIGHTINGS.name(), IdentifierSighting.class));
    }
  }

  private static <V extends SpecificRecord> List<TestRecord<String, V>> read(
      TopologyTestDriver driver, String topic, Class<V> type) {
    return driver
        .createOutputTopic(topic, new StringDeserializer(), StateSerde.of(type).deserializer())
        .readRecordsToList();
  }

  private static Delivery delivery() {
    return Delivery.newBuilder()
        .setDeliveryId("D-1")
        .setSource("crm")
        .setReceivedAt(RECEIVED)
        .setMethod("POST")
        .setUrl("https://hooks.example.com/in/crm")
        .setHeaders(Map.of())
        .setBody(ByteBuffer.wrap(BODY.getBytes(StandardCharsets.UTF_8)))
        .setRemoteAddress("192.0.2.1")
        .setAssurance("BODY_SIGNED")
        .build();
  }

  private record Output(
      List<TestRecord<String, Event>> recordEvents,
      List<TestRecord<String, Event>> engagementEvents,
      List<TestRecord<String, DeadLetter>> deadLetters,
      List<TestRecord<String, IdentifierSighting>> sightings) {}
}
