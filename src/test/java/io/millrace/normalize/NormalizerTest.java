package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.model.EventSize;
import io.millrace.normalize.testing.Inbound;
import io.millrace.normalize.testing.TestIds;
import io.millrace.provider.Catalogue;
import io.millrace.source.Source;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NormalizerTest {
  private static final String EVENTS =
      """
      items: $
      id: id
      type: type
      at: {path: at, unit: ms}
      data: data
      record: {type: "{noun}", id: key}
      """;

  private final Inbound batch = Inbound.reading(EVENTS);

  @Test
  void readsAFormAsOneWhateverItsParametersAreCalled() {
    Inbound twilio =
        Inbound.of("twilio").header("Content-Type", "application/x-www-form-urlencoded;json");

    assertThat(twilio.event("MessageSid=SM1&MessageStatus=sent&From=%2B15550100").getEventType())
        .isEqualTo("message.sent");
    assertThat(
            Inbound.of("twilio")
                .header("Content-Type", "application/vnd.twilio+json; charset=utf-8")
                .event("{\"MessageSid\":\"SM1\",\"MessageStatus\":\"sent\"}")
                .getEventType())
        .isEqualTo("message.sent");
  }

  @Test
  void letsABadElementNotSpoilItsSiblings() {
    List<Normalized> results =
        batch
            .header("X-Trace", "t")
            .replayed(1)
            .normalized(
                "[ {\"id\":1,\"type\":\"lead.created\",\"key\":\"a\"} , 17,\n"
                    + " {\"id\":\"2\",\"type\":\"lead.created\",\"key\":\"\\\"ü]}\",\"at\":\"soon\"},"
                    + "{\"id\":3,\"type\":\"lead.created\",\"key\":\"c\"}]");

    assertThat(results).hasSize(4);
    assertThat(Inbound.event(results.get(0)).getEventId()).isEqualTo("1");
    assertThat(Inbound.event(results.get(3)).getMetadata().getLineage().getIndex()).isEqualTo(3);
    assertThat(Inbound.text(Inbound.refused(results.get(1)).getOriginal())).isEqualTo("17");
    String error = "at is 'soon', which is not milliseconds since 1970.";
    assertThat(Inbound.refused(results.get(2)))
        .isEqualTo(
            DeadLetter.newBuilder()
                .setDeadLetterId(Inbound.DELIVERY_ID + "/2")
                .setReason("INVALID_FIELD")
                .setSource("tested")
                .setEventId("2")
                .setEventType("lead.created")
                .setReceivedAt(Inbound.RECEIVED_AT)
                .setLineage(new Lineage(Inbound.DELIVERY_ID, Inbound.PARTITION, Inbound.OFFSET, 2))
                .setOriginal(
                    StandardCharsets.UTF_8.encode(
                        "{\"id\":\"2\",\"type\":\"lead.created\",\"key\":\"\\\"ü]}\",\"at\":\"soon\"}"))
                .setHeaders(Map.of("x-trace", List.of("t")))
                .setAttempts(
                    List.of(
                        new Attempt(
                            Inbound.RECEIVED_AT, "normalize-deliveries", "INVALID_FIELD", error)))
                .setReplay(1)
                .build());
  }

  @Test
  void onePersonIsOneHoweverItsLettersAreWritten() {
    Inbound people =
        Inbound.reading(
            EVENTS + "person: {email: d:email, ids: {user: user}}\naccount: {domain: d:domain}\n");
    String event =
        "[{\"id\":1,\"type\":\"lead.created\",\"key\":\"a\",\"user\":\"%s\","
            + "\"data\":{\"email\":\"%s\",\"domain\":\"%s\"}}]";
    for (String name : List.of("ren\u00e9", "rene\u0301")) {
      Event known =
          Inbound.event(
              people.normalized(event.formatted("1", name + "@a.co", name + ".co")).getFirst());
      assertThat(known.getPerson().orElseThrow().getKey())
          .isEqualTo(TestIds.email("ren\u00e9@a.co"));
      assertThat(known.getAccount().orElseThrow().getKey())
          .isEqualTo(TestIds.id("domain", "", "ren\u00e9.co"));

      Event numbered =
          Inbound.event(people.normalized(event.formatted(name, "", "a.co")).getFirst());
      assertThat(numbered.getPerson().orElseThrow().getIdentifiers())
          .contains(TestIds.IDS.identifier("user", "tested", "ren\u00e9"));
    }
  }

  @Test
  void makesExactlyOneDeadLetterOfADeliveryItCannotRead() {
    assertWhole("{\"id\":1,", "UNREADABLE_BODY");
    assertWhole("[1] 2", "UNREADABLE_BODY");
    assertWhole("{\"a\":01}", "UNREADABLE_BODY");
    assertWhole("[" + "[".repeat(200) + "]".repeat(200) + "]", "UNREADABLE_BODY");
    assertWhole("", "EMPTY_DELIVERY");
    assertWhole(" \r\n", "EMPTY_DELIVERY");
    assertWhole("[]", "EMPTY_DELIVERY");
    assertWhole("[" + "1,".repeat(10_000) + "1]", "EVENT_TOO_LARGE");
  }

  private void assertWhole(String body, String reason) {
    DeadLetter letter = batch.refused(body);

    assertThat(letter.getReason()).isEqualTo(reason);
    assertThat(letter.getLineage().getIndex()).isEqualTo(-1);
    assertThat(letter.getDeadLetterId()).isEqualTo(Inbound.DELIVERY_ID + "/-1");
    assertThat(Inbound.text(letter.getOriginal())).isEqualTo(body);
    assertThat(letter.getAttempts()).hasSize(1);
  }

  @Test
  void refusesInvalidUtf8AndOtherEncodings() {
    byte[] broken = "[{\"id\":\"?\"}]".getBytes(StandardCharsets.UTF_8);
    broken[8] = (byte) 0xC3;

    assertThat(batch.refused(broken).getReason()).isEqualTo("UNREADABLE_BODY");
    assertThat(batch.refused(broken).getOriginal()).isEqualTo(ByteBuffer.wrap(broken));
    assertThat(batch.refused("[{\"id\":1}]".getBytes(StandardCharsets.UTF_16LE)).getReason())
        .isEqualTo("UNREADABLE_BODY");
    assertThat(batch.refused("[{\"id\":1}]".getBytes(StandardCharsets.UTF_16)).getReason())
        .isEqualTo("UNREADABLE_BODY");
  }

  @Test
  void readsABodyWithAByteOrderMark() {
    String body = "[{\"id\":1,\"type\":\"lead.created\",\"key\":\"a\"}]";

    assertThat(batch.event("\uFEFF" + body).getEventId()).isEqualTo("1");
  }

  @Test
  void refusesABodyWithAnEncoding() {
    String body = "[{\"id\":1,\"type\":\"lead.created\",\"key\":\"a\"}]";

    assertThat(batch.header("Content-Encoding", "identity").event(body).getEventId())
        .isEqualTo("1");
    assertThat(batch.header("Content-Encoding", "gzip").refused(body).getReason())
        .isEqualTo("UNREADABLE_BODY");
  }

  @Test
  void keepsEveryValueAsTheSenderWroteIt() {
    Event event =
        batch.event(
            "{\"id\":9223372036854775808,\"type\":\"lead.created\",\"key\":12345678901234567890.10,"
                + "\"data\":{\"price\":1.10,\"exponent\":1E5,\"yes\":true,\"none\":null,\"text\":\"\\u00e4\\n\","
                + "\"list\":[ 1.0 , {\"a\" : \"\\\"\"} ]}}");

    assertThat(event.getEventId()).isEqualTo("9223372036854775808");
    assertThat(event.getRecord())
        .isEqualTo(new RecordRef("lead", "tested:12345678901234567890.10"));
    assertThat(event.getData())
        .containsOnly(
            entry("price", "1.10"),
            entry("exponent", "1E5"),
            entry("yes", "true"),
            entry("none", null),
            entry("text", "ä\n"),
            entry("list", "[1.0,{\"a\":\"\\\"\"}]"));
  }

  /** Two equal clicks are two clicks. */
  @Test
  void identifiesAnEventWithoutAnIdByItsPlace() {
    String click = "{\"type\":\"lead.called\",\"key\":\"a\"}";
    String body = "[" + click + "," + click + "]";

    assertThat(batch.events(body))
        .extracting(Event::getEventId)
        .containsExactly(Inbound.DELIVERY_ID + "/0", Inbound.DELIVERY_ID + "/1");
    assertThat(batch.replaying(1).event(body).getEventId()).isEqualTo(Inbound.DELIVERY_ID + "/1");
  }

  /** A header names the request, not what is in it. */
  @Test
  void tellsApartTheEventsOfARequestThatHasTheOnlyId() {
    String call = "{\"type\":\"lead.called\",\"key\":\"a\"}";
    String own = "{\"id\":\"own\",\"type\":\"lead.called\",\"key\":\"a\"}";
    String body = "[" + String.join(",", call, call, own, "{}") + "]";
    Inbound usual =
        Inbound.reading(EVENTS.replace("id: id\n", "id: id|h:X-Request-Id\n"))
            .header("X-Request-Id", "r-1");

    assertThat(usual.normalized(body))
        .extracting(
            part ->
                switch (part) {
                  case Normalized.Event made -> made.event().getEventId();
                  case Normalized.Refused refused ->
                      refused.deadLetter().getEventId().orElseThrow();
                  case Normalized.Nothing nothing -> nothing.what();
                })
        .containsExactly("r-1", "r-1:1", "own", "r-1:3");
    assertThat(usual.replaying(1).event(body).getEventId()).isEqualTo("r-1:1");
  }

  @Test
  void refusesAnEventThatIsTooLarge() {
    String large =
        "{\"id\":1,\"type\":\"lead.created\",\"key\":\"a\",\"data\":{\"x\":\""
            + "x".repeat(Normalizer.MAX_EVENT_BYTES)
            + "\"}}";

    List<Normalized> results =
        batch.normalized("[" + large + ",{\"id\":2,\"type\":\"a.b\",\"key\":\"a\"}]");

    assertThat(Inbound.refused(results.get(0)).getReason()).isEqualTo("EVENT_TOO_LARGE");
    assertThat(Inbound.refused(results.get(0)).getEventId()).contains("1");
    assertThat(Inbound.event(results.get(1)).getEventId()).isEqualTo("2");
  }

  @Test
  void refusesIdsNobodyCouldUseAsAKey() {
    String id = "x".repeat(EventSize.MAX_NAME + 1);

    DeadLetter letter =
        batch.refused("{\"id\":\"" + id + "\",\"type\":\"lead.created\",\"key\":\"a\"}");

    assertThat(letter.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(letter.getEventId()).isEmpty();
    assertThat(letter.getRecord()).contains(new RecordRef("lead", "tested:a"));
  }

  @Test
  void keepsTypesItDoesNotKnow() {
    assertThat(type("Lead.Created")).isEqualTo("lead.created");
    assertThat(type("dealStageChanged")).isEqualTo("deal_stage_changed");
    assertThat(type("a.b.c")).isEqualTo("a.b_c");
    assertThat(type("push")).isEqualTo("push");
    assertThat(batch.refused("{\"type\":\"!\",\"key\":\"a\"}").getReason())
        .isEqualTo("INVALID_FIELD");
  }

  private String type(String sent) {
    return batch.event("{\"type\":\"" + sent + "\",\"key\":\"a\"}").getEventType();
  }

  @Test
  void refusesDataThatIsNotAnObject() {
    assertThat(batch.refused("{\"type\":\"a.b\",\"key\":\"a\",\"data\":[1]}").getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(batch.event("{\"type\":\"a.b\",\"key\":\"a\",\"data\":null}").getData()).isEmpty();
  }

  @Test
  void readsTheSourceItIsGiven() {
    Delivery delivery = delivery("[]", "NONE");

    List<Normalized> results =
        Normalizer.normalize(source("envelope"), TestIds.rules(), delivery, 0, 1);

    assertThat(Inbound.refused(results.get(0)).getSource()).isEqualTo("backoffice");
    assertThat(delivery.getBody().remaining()).isEqualTo(2);
  }

  @Test
  void provesTheFirstElementOfASegmentBatchAndOnlyPartlyTheOthers() {
    var event = "{\"type\":\"track\",\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\"}";
    var body = "[" + event.formatted("1") + "," + event.formatted("2") + "]";

    assertThat(assurances("segment-batch", body, "PARTIAL"))
        .containsExactly("BODY_SIGNED", "PARTIAL");
    assertThat(assurances("segment", body, "BODY_SIGNED"))
        .containsExactly("BODY_SIGNED", "BODY_SIGNED");
    assertThat(assurances("segment-batch", body, "NETWORK")).containsExactly("NETWORK", "NETWORK");
  }

  private static List<String> assurances(String provider, String body, String proved) {
    return Normalizer.normalize(source(provider), TestIds.rules(), delivery(body, proved), 0, 1)
        .stream()
        .map(result -> Inbound.event(result).getMetadata().getAssurance())
        .toList();
  }

  private static Source source(String provider) {
    return Source.unconfigured("backoffice", Catalogue.bundled().find(provider).orElseThrow());
  }

  private static Delivery delivery(String body, String assurance) {
    return Delivery.newBuilder()
        .setDeliveryId("d")
        .setSource("backoffice")
        .setReceivedAt(Inbound.RECEIVED_AT)
        .setMethod("POST")
        .setUrl("https://hooks.example.com/in/backoffice")
        .setHeaders(Map.of())
        .setBody(StandardCharsets.UTF_8.encode(body))
        .setRemoteAddress("192.0.2.1")
        .setAssurance(assurance)
        .build();
  }

  @Test
  void givesTheSameEventsForTheSameDelivery() {
    String body = "[{\"type\":\"lead.created\",\"key\":\"a\",\"data\":{\"b\":1,\"a\":2}}]";

    assertThat(batch.normalized(body)).isEqualTo(batch.normalized(body));
    assertThat(Arrays.asList(batch.events(body).get(0).getData().keySet().toArray()))
        .containsExactly("b", "a");
  }
}
