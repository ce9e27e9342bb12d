package io.millrace.flow;

import static io.millrace.flow.testing.TestIdentifiers.email;
import static io.millrace.flow.testing.TestIdentifiers.naming;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Delivery;
import io.millrace.event.Erasure;
import io.millrace.event.ErasureRequest;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityEvidence;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.FlowOutputs;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestIdentifiers;
import io.millrace.flow.testing.TestRules;
import io.millrace.normalize.Normalized;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the role normalize writes besides an event that asks to erase somebody. */
class ErasureRequestsWrittenTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-01T10:00:00Z");
  private static final Identifier ADA = email("ada@example.com");
  private static final Identifier CONTACT = TestIdentifiers.of("contact", "crm", "101");

  private final List<Normalized> contained = new ArrayList<>();
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          new MillraceTopology(
                  new LocalSerdes(),
                  (delivery, partition, offset) -> contained,
                  source -> Duration.ofDays(3),
                  TestRules.real(),
                  (topic, partition) -> true,
                  new FlowMetrics(new SimpleMeterRegistry()),
                  StoreKind.IN_MEMORY)
              .normalize(),
          RecordsFlow.settings(),
          RECEIVED);
  private final FlowOutputs outputs = new FlowOutputs(driver);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void asksForEachIdentifierBesidesTheEvent() {
    Event deletion = deletion();
    IdentifierSighting sighting =
        new IdentifierSighting(
            List.of(ADA, CONTACT),
            "NAMED",
            new IdentityEvidence("crm", "e1", "x", RECEIVED),
            List.of());
    contained.add(new Normalized.Event(deletion, List.of(sighting)));

    deliver();

    assertThat(outputs.read(Topics.RECORD_EVENTS)).hasSize(1);
    assertThat(outputs.read(Topics.ERASURE_REQUESTS))
        .extracting(row -> row.key() + ' ' + row.value().getIdentifier())
        .containsExactly(ADA.getId() + ' ' + ADA.getId(), CONTACT.getId() + ' ' + CONTACT.getId());
    assertThat(outputs.read(Topics.IDENTIFIER_SIGHTINGS))
        .as("nothing more is remembered")
        .isEmpty();
  }

  @Test
  void writesNoValueOfAnIdentifier() {
    contained.add(new Normalized.Event(deletion()));

    deliver();

    for (var row : outputs.read(Topics.ERASURE_REQUESTS)) {
      ErasureRequest request = row.value();
      assertThat(row.key() + request.getIdentifier() + request.getEventId()).doesNotContain("ada@");
    }
  }

  /** Anybody can track an event with any name. */
  @Test
  void asksForNobodyIfTheNameIsOnlyThatOfATrackedEvent() {
    Event tracked =
        naming(TestEvent.of("product.erasure_requested", "person/" + ADA.getId()).build(), ADA);
    contained.add(new Normalized.Event(tracked));

    deliver();

    assertThat(outputs.read(Topics.ENGAGEMENT_EVENTS)).hasSize(1);
    assertThat(outputs.read(Topics.ERASURE_REQUESTS)).isEmpty();
  }

  @Test
  void asksNoMoreForWhoIsErased() {
    driver
        .createInputTopic(
            Topics.ERASURES.name(),
            new StringSerializer(),
            StateSerde.of(Erasure.class).serializer())
        .pipeInput(ADA.getId(), new Erasure(ADA.getId(), "email", "E-1", RECEIVED, "crm", ""));
    contained.add(new Normalized.Event(deletion()));

    deliver();

    assertThat(outputs.read(Topics.ERASURE_REQUESTS)).isEmpty();
    assertThat(outputs.read(Topics.EVENTS_SUPPRESSED)).hasSize(1);
  }

  private static Event deletion() {
    return naming(
        TestEvent.of("contact.erasure_requested", "contact/crm:101").id("e1").build(),
        ADA,
        CONTACT);
  }

  private void deliver() {
    driver
        .createInputTopic(
            Topics.DELIVERIES_RECEIVED.name(),
            new StringSerializer(),
            StateSerde.of(Delivery.class).serializer())
        .pipeInput(
            "crm",
            Delivery.newBuilder()
                .setDeliveryId("D-1")
                .setSource("crm")
                .setReceivedAt(RECEIVED)
                .setMethod("POST")
                .setUrl("https://hooks.example.com/in/crm")
                .setHeaders(Map.of())
                .setBody(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)))
                .setRemoteAddress("192.0.2.1")
                .setAssurance("BODY_SIGNED")
                .build(),
            RECEIVED);
  }
}
