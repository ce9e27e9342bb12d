package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.event.AccountIdentity;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.flow.record.MergedRecords;
import io.millrace.normalize.testing.Inbound;
import io.millrace.normalize.testing.TestIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HubspotEventsTest {
  private final Inbound hubspot = Inbound.of("hubspot");

  @Test
  void makesOneEventOfOneChangedProperty() {
    Event event =
        hubspot.event(
            """
            [{"eventId":100,"subscriptionId":5391,"portalId":62515,"appId":54321,
              "occurredAt":1772359200456,"subscriptionType":"contact.propertyChange",
              "attemptNumber":0,"objectId":9007199254740993,"changeSource":"CRM_UI",
              "propertyName":"email","propertyValue":"Ada@Example.com"}]
            """);

    assertThat(event)
        .isEqualTo(
            Event.newBuilder()
                .setEventId("62515:5391:100:9007199254740993:1772359200456")
                .setEventType("contact.updated")
                .setSource("tested")
                .setOccurredAt(Instant.ofEpochMilli(1772359200456L))
                .setReceivedAt(Inbound.RECEIVED_AT)
                .setSchemaVersion("1")
                .setRecord(new RecordRef("contact", "tested:9007199254740993"))
                .setPerson(
                    PersonIdentity.newBuilder()
                        .setKey(TestIds.email("ada@example.com"))
                        .setEmail("ada@example.com")
                        .setExternalIds(Map.of("contact_id", "9007199254740993"))
                        .setIdentifiers(
                            List.of(
                                TestIds.IDS.identifier("email", "", "ada@example.com"),
                                TestIds.IDS.identifier("contact", "tested", "9007199254740993")))
                        .build())
                .setAccount(
                    AccountIdentity.newBuilder()
                        .setKey(TestIds.id("domain", "", "example.com"))
                        .setDomain("example.com")
                        .setIdentifiers(
                            List.of(TestIds.IDS.identifier("domain", "", "example.com")))
                        .build())
                .setData(Map.of("email", "Ada@Example.com"))
                .setMetadata(
                    EventMetadata.newBuilder()
                        .setTags(List.of("portal:62515", "change_source:CRM_UI"))
                        .setAssurance("BODY_SIGNED")
                        .setAttempts(List.of())
                        .setProblems(List.of())
                        .setLineage(
                            new Lineage(Inbound.DELIVERY_ID, Inbound.PARTITION, Inbound.OFFSET, 0))
                        .build())
                .build());
  }

  @Test
  void givesAHundredChangesOfOneBatchTheirOwnIds() {
    String batch = batch(0);

    List<Event> events = hubspot.events(batch);

    assertThat(events).hasSize(100);
    assertThat(events).extracting(Event::getEventId).doesNotHaveDuplicates();
    assertThat(events)
        .extracting(event -> event.getMetadata().getLineage().getIndex())
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void recognisesARetriedBatch() {
    List<Event> first = hubspot.events(batch(0));

    List<Event> retried = hubspot.receivedAt(Inbound.RECEIVED_AT.plusSeconds(60)).events(batch(1));

    assertThat(retried)
        .extracting(Event::getEventId)
        .containsExactlyElementsOf(first.stream().map(Event::getEventId).toList());
  }

  /** A hundred changes with the same eventId, which HubSpot does not promise to be unique. */
  private static String batch(int attempt) {
    return IntStream.range(0, 100)
        .mapToObj(
            number ->
                """
                {"eventId":1,"subscriptionId":2,"portalId":3,"occurredAt":1772359200000,
                 "subscriptionType":"deal.propertyChange","attemptNumber":%d,"objectId":%d,
                 "propertyName":"amount","propertyValue":"1.10"}
                """
                    .formatted(attempt, number))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void namesTypesAndRecordsByTheTable() {
    assertThat(typeOf("contact.creation", "")).isEqualTo("contact.created contact/tested:7");
    assertThat(typeOf("contact.deletion", "")).isEqualTo("contact.deleted contact/tested:7");
    assertThat(typeOf("contact.privacyDeletion", ""))
        .isEqualTo("contact.erasure_requested contact/tested:7");
    assertThat(typeOf("company.creation", "")).isEqualTo("account.created account/tested:7");
    assertThat(typeOf("object.creation", "\"objectTypeId\":\"0-1\","))
        .isEqualTo("contact.created contact/tested:7");
    assertThat(typeOf("object.deletion", "\"objectTypeId\":\"0-2\","))
        .isEqualTo("account.deleted account/tested:7");
    assertThat(
            typeOf(
                "object.propertyChange",
                "\"objectTypeId\":\"0-3\",\"propertyName\":\"dealstage\",\"propertyValue\":\"won\","))
        .isEqualTo("deal.stage_changed deal/tested:7");
    assertThat(
            typeOf("deal.propertyChange", "\"propertyName\":\"amount\",\"propertyValue\":\"1\","))
        .isEqualTo("deal.updated deal/tested:7");
    assertThat(typeOf("conversation.newMessage", ""))
        .isEqualTo("conversation.new_message conversation/tested:7");
  }

  private String typeOf(String type, String more) {
    Event event =
        hubspot.event("[{" + more + "\"objectId\":7,\"subscriptionType\":\"" + type + "\"}]");
    return event.getEventType()
        + " "
        + event.getRecord().getType()
        + "/"
        + event.getRecord().getId();
  }

  @Test
  void namesFieldsCanonicallyAndKeepsTheOthers() {
    assertThat(changed("dealstage", "\"closedwon\"")).containsExactly(entry("stage", "closedwon"));
    assertThat(changed("hubspot_owner_id", "\"12\"")).containsExactly(entry("owner", "12"));
    assertThat(changed("favourite_colour", "\"\"")).containsExactly(entry("favourite_colour", ""));
    assertThat(changed("amount", "null")).containsExactly(entry("amount", null));
  }

  private Map<String, String> changed(String property, String value) {
    return hubspot
        .event(
            """
            [{"objectId":7,"subscriptionType":"deal.propertyChange","propertyName":"%s","propertyValue":%s}]
            """
                .formatted(property, value))
        .getData();
  }

  @Test
  void keepsWhoWasMergedIntoWhom() {
    Event event =
        hubspot.event(
            """
            [{"eventId":1,"subscriptionId":2,"portalId":3,"occurredAt":1772359200000,
              "subscriptionType":"contact.merge","primaryObjectId":8,"mergedObjectIds":[8, 9],
              "newObjectId":10}]
            """);

    assertThat(event.getEventId()).isEqualTo("3:2:1:10:1772359200000");
    assertThat(event.getRecord()).isEqualTo(new RecordRef("contact", "tested:10"));
    assertThat(event.getData())
        .containsOnly(
            entry("merged_ids", "[\"tested:8\",\"tested:9\"]"), entry("merged_id", "tested:8"));
    assertThat(merged(event)).containsExactly("tested:8", "tested:9");
  }

  @Test
  void primaryObjectEnds_whereTheMergeMakesANewOne() {
    String merge =
        """
        [{"eventId":1,"occurredAt":1772359200000,"subscriptionType":"company.merge",
          "primaryObjectId":8,"mergedObjectIds":[9],"newObjectId":%s}]
        """;

    Event intoNew = hubspot.event(merge.formatted("10"));
    assertThat(intoNew.getRecord()).isEqualTo(new RecordRef("account", "tested:10"));
    assertThat(merged(intoNew)).containsExactly("tested:8", "tested:9");

    Event intoPrimary = hubspot.event(merge.formatted("null"));
    assertThat(intoPrimary.getRecord()).isEqualTo(new RecordRef("account", "tested:8"));
    assertThat(merged(intoPrimary)).containsExactly("tested:9");
  }

  private static List<String> merged(Event event) {
    MergedRecords.Parsed.Merges merges = (MergedRecords.Parsed.Merges) MergedRecords.of(event);
    return merges.all().stream().map(merge -> merge.getRecord().getId()).toList();
  }
}
