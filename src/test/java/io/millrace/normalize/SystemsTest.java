package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.model.EventKeys;
import io.millrace.model.SystemId;
import io.millrace.normalize.testing.SystemSource;
import io.millrace.normalize.testing.TestIds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two CRMs count from 1. */
class SystemsTest {
  private static final String CREATED = "lead.created";

  @TempDir private Path folder;

  @Test
  void sameNumberOfTwoSourcesIsTwoRecords() {
    Event one = event("hubspot", "", CREATED, "\"lead_id\": 101, \"email\": \"ann@a.co\"");
    Event other = event("pipedrive", "", CREATED, "\"lead_id\": 101, \"email\": \"bob@b.co\"");

    assertThat(EventKeys.record(one)).isEqualTo("lead/hubspot:101");
    assertThat(EventKeys.record(other)).isEqualTo("lead/pipedrive:101");
    assertThat(identifiers(one)).containsExactly("email  ann@a.co", "lead hubspot 101");
    assertThat(identifiers(other)).containsExactly("email  bob@b.co", "lead pipedrive 101");
  }

  @Test
  void twoEndpointsOfOneSystemAreOneRecord() {
    Event one = event("portal", "system: hubspot\n", CREATED, "\"lead_id\": 101");
    Event other = event("workflows", "system: hubspot\n", CREATED, "\"lead_id\": 101");

    assertThat(EventKeys.record(one)).isEqualTo("lead/hubspot:101");
    assertThat(EventKeys.record(other)).isEqualTo(EventKeys.record(one));
    assertThat(other.getPerson().orElseThrow().getKey())
        .isEqualTo(one.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.id("lead", "hubspot", "101"));
    assertThat(EventKeys.admission(one)).isNotEqualTo(EventKeys.admission(other));
  }

  @Test
  void emailAddressIsTheSamePersonEverywhere() {
    Event one = event("web", "", "page.viewed", "\"email\": \"Ann@A.co\"");
    Event other = event("app", "", "page.viewed", "\"email\": \"ann@a.co\"");

    assertThat(EventKeys.record(one)).isEqualTo("person/" + TestIds.email("ann@a.co"));
    assertThat(EventKeys.record(other)).isEqualTo(EventKeys.record(one));
  }

  @Test
  void mergesRecordsOfItsOwnSystemOnly() {
    Event merged = event("a", "", "lead.merged", "\"lead_id\": 1, \"merged_ids\": [2, \"x\"]");
    Event plain = event("a", "", "lead.merged", "\"lead_id\": 1, \"merged_ids\": \"2\"");
    Event into = event("a", "", "lead.merged", "\"lead_id\": 1, \"merged_into\": 2");
    Event unreadable = event("a", "", "lead.merged", "\"lead_id\": 1, \"merged_ids\": [null]");
    Event other = event("a", "", "lead.updated", "\"lead_id\": 1, \"merged_id\": 2");

    assertThat(merged.getData()).containsEntry("merged_ids", "[\"a:2\",\"a:x\"]");
    assertThat(plain.getData()).containsEntry("merged_ids", "a:2");
    assertThat(into.getData()).containsEntry("merged_into", "a:2");
    assertThat(unreadable.getData()).containsEntry("merged_ids", "[null]");
    assertThat(other.getData()).containsEntry("merged_id", "2");
  }

  @Test
  void letterOfARefusedEventNamesTheSameRecordAndNobody() {
    assertThat(refusedRecord("hubspot", CREATED, "\"lead_id\": 101")).isEqualTo("hubspot:101");
    assertThat(refusedRecord("web", "page.viewed", "\"email\": \"ann@a.co\""))
        .isEqualTo(TestIds.email("ann@a.co"));
  }

  @Test
  void recordsOfSomeTypesMayBelongToAnotherSystem() {
    String mapping =
        """
        mapping:
          types:
            - {from: deal.won, to: deal.closed_won, record: {type: deal, system: crm}}
            - {from: x.paid, to: payment.succeeded, record: {type: payment, id: data.id, system: billing}}
        """;

    assertThat(EventKeys.record(event("app", mapping, "deal.won", "\"deal_id\": 5")))
        .isEqualTo("deal/crm:5");
    assertThat(EventKeys.record(event("app", mapping, "x.paid", "\"id\": 6")))
        .isEqualTo("payment/billing:6");
    assertThat(EventKeys.record(event("app", mapping, "deal.lost", "\"deal_id\": 7")))
        .isEqualTo("deal/app:7");
  }

  @Test
  void recordIdOfAnotherSystemIsSaidOnceForAll() {
    String mapping = "mapping: {recordId: {path: data.hubspot, system: crm}}\n";

    assertThat(EventKeys.record(event("app", mapping, "deal.won", "\"hubspot\": 5")))
        .isEqualTo("deal/crm:5");
  }

  @Test
  void idMayContainTheMarkThatEndsASystem() {
    assertThat(SystemId.of("crm:a:b")).isEqualTo(new SystemId("crm", "a:b"));
    assertThat(SystemId.of("a")).isEqualTo(new SystemId("", "a"));
    assertThat(SystemId.of("crm:a:b").text()).isEqualTo("crm:a:b");
    assertThat(SystemId.of("a").text()).isEqualTo("a");
  }

  private String refusedRecord(String source, String type, String data) {
    return SystemSource.of(folder, source, "")
        .refused(type, data)
        .deadLetter()
        .getRecord()
        .orElseThrow()
        .getId();
  }

  private Event event(String source, String rest, String type, String data) {
    return SystemSource.of(folder, source, rest).event(type, data);
  }

  private static List<String> identifiers(Event event) {
    return event.getPerson().orElseThrow().getIdentifiers().stream()
        .map(SystemsTest::inWords)
        .toList();
  }

  private static String inWords(Identifier identifier) {
    return identifier.getKind() + ' ' + identifier.getSystem() + ' ' + identifier.getValue();
  }
}
