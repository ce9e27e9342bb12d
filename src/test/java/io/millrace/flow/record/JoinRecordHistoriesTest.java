package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
import io.millrace.event.DeadLetter;
import io.millrace.event.RecordHistory;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinRecordHistoriesTest {
  private final RecordsFlow flow = new RecordsFlow();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void latestWriterOfBothHistoriesWins() {
    flow.arrive(created("L-2", 10).data("status", "new").data("owner", "Ada").source("billing"));
    flow.arrive(created("L-1", 11).data("status", "open"));
    flow.arrive(merged(20));
    flow.pass(Duration.ofSeconds(2));

    CrmLead lead = flow.leads().getLast().value();
    assertThat(lead.getId()).isEqualTo("L-1");
    assertThat(lead.getStatus()).contains("open");
    assertThat(lead.getOwner()).contains("Ada");
    assertThat(lead.getSources()).containsExactly("billing", "crm");
    assertThat(lead.getCreatedAt()).contains(Instant.ofEpochMilli(11));
    assertThat(lead.getUpdatedAt()).isEqualTo(Instant.ofEpochMilli(20));
    assertThat(lead.getFields()).isEmpty();
  }

  @Test
  void recordTheMergeMadeIsAsOldAsTheOldestInIt() {
    flow.arrive(created("L-2", 10));
    flow.arrive(created("L-3", 11));
    flow.arrive(
        TestEvent.of("lead.merged", "lead/L-9").at(20).data("merged_ids", "[\"L-2\",\"L-3\"]"));
    flow.pass(Duration.ofSeconds(2));

    CrmLead lead = flow.leads().getLast().value();
    assertThat(flow.ordered()).noneMatch(event -> event.getMetadata().getOrphan());
    assertThat(lead.getId()).isEqualTo("L-9");
    assertThat(lead.getCreatedAt()).contains(Instant.ofEpochMilli(10));
  }

  @Test
  void whatComesLaterForTheMergedRecordIsAdmittedThere_andCountsForTheOther() {
    mergeOfTwo();

    flow.arrive(updated("L-2", 30).data("owner", "Bob"));
    flow.pass(Duration.ofSeconds(2));

    TestRecord<String, CrmLead> written = flow.leads().getLast();
    assertThat(written.key()).isEqualTo("L-1");
    assertThat(written.value().getOwner()).contains("Bob");
    assertThat(written.timestamp()).isEqualTo(flow.now().minusSeconds(2).toEpochMilli());
    assertThat(flow.read(Topics.EVENTS_ORDERED).getLast().key()).isEqualTo("lead/L-2");
  }

  @Test
  void deletionThatTheMergeLeftHidesNothing() {
    mergeOfTwo();

    flow.arrive(TestEvent.of("lead.deleted", "lead/L-2").at(21));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.leads()).isEmpty();
  }

  @Test
  void deletionOfTheRecordThatGoesOnEndsBoth() {
    mergeOfTwo();

    flow.arrive(TestEvent.of("lead.deleted", "lead/L-1").at(30));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.leads()).singleElement().satisfies(lead -> assertThat(lead.value()).isNull());
  }

  @Test
  void earlierDeletionOfTheRecordThatGoesOnHidesNothingOfTheOther() {
    flow.arrive(created("L-2", 1).data("owner", "Ada"));
    flow.arrive(created("L-1", 2).data("title", "old"));
    flow.arrive(TestEvent.of("lead.deleted", "lead/L-1").at(5));
    flow.arrive(TestEvent.of("lead.restored", "lead/L-1").at(6).data("status", "open"));
    flow.arrive(merged(20));
    flow.pass(Duration.ofSeconds(2));

    CrmLead lead = flow.leads().getLast().value();
    assertThat(lead.getOwner()).contains("Ada");
    assertThat(lead.getStatus()).contains("open");
    assertThat(lead.getTitle()).isEmpty();
  }

  @Test
  void recordThatLivesGoesOnInADeletedOne() {
    flow.arrive(created("L-1", 1).data("title", "old"));
    flow.arrive(TestEvent.of("lead.deleted", "lead/L-1").at(5));
    flow.arrive(created("L-2", 6).data("owner", "Ada"));
    flow.arrive(merged(20));
    flow.pass(Duration.ofSeconds(2));

    TestRecord<String, CrmLead> written = flow.leads().getLast();
    assertThat(written.key()).isEqualTo("L-1");
    assertThat(written.value().getOwner()).contains("Ada");
    assertThat(written.value().getTitle()).isEmpty();
  }

  @Test
  void whatADeletionEndedStaysEnded_whateverItsRecordIsMergedInto() {
    mergeOfTwo();
    flow.arrive(TestEvent.of("lead.deleted", "lead/L-1").at(25));
    flow.arrive(created("L-1", 27).data("title", "CTO"));
    flow.arrive(created("L-3", 28));
    flow.arrive(
        TestEvent.of("lead.merged", "lead/L-3").at(30).data("merged_ids", "[\"L-1\",\"L-2\"]"));
    flow.pass(Duration.ofSeconds(2));

    TestRecord<String, CrmLead> written = flow.leads().getLast();
    assertThat(written.key()).isEqualTo("L-3");
    assertThat(written.value().getTitle()).contains("CTO");
    assertThat(written.value().getOwner()).isEmpty();
    assertThat(written.value().getStatus()).isEmpty();
  }

  @Test
  void historyThatComesAgainChangesNothing() {
    mergeOfTwo();
    TestRecord<String, RecordHistory> history = flow.read(Topics.RECORD_HISTORIES).getLast();

    flow.arrive(Topics.RECORD_HISTORIES, history.key(), history.value());

    assertThat(history.key()).isEqualTo("lead/L-1");
    assertThat(flow.leads()).isEmpty();
    assertThat(flow.read(Topics.RECORD_HISTORIES)).isEmpty();
  }

  @Test
  void valueFromBeforeAnEarlierDeletionOfTheSurvivorProvesItToo() {
    flow.arrive(created("L-2", 1).data("owner", "Ada"));
    flow.arrive(created("L-1", 2));
    flow.arrive(TestEvent.of("lead.deleted", "lead/L-1").at(5));
    flow.arrive(TestEvent.of("lead.restored", "lead/L-1").at(6));
    flow.arrive(merged(20));
    flow.pass(Duration.ofSeconds(2));

    flow.arrive(updated("L-1", 30).previous("owner", "Ada").data("owner", "Bob"));

    assertThat(flow.orderedIds()).endsWith("updated-30");
  }

  @Test
  void valueOfEitherHistoryProvesThatAnUpdateIsNext() {
    mergeOfTwo();

    flow.arrive(updated("L-1", 30).previous("owner", "Ada").data("owner", "Bob"));

    assertThat(flow.orderedIds()).endsWith("updated-30");
  }

  @Test
  void historyThatWouldOutgrowTheTopicsIsADeadLetterAndTheRecordStays() {
    String large = "x".repeat(EventSize.MAX_STATE_BYTES / 2);
    flow.arrive(created("L-2", 10).data("a", large));
    flow.arrive(created("L-1", 11).data("b", large));
    flow.leads();
    flow.arrive(merged(20));
    flow.pass(Duration.ofSeconds(2));

    DeadLetter letter = flow.deadLetters().getFirst();
    assertThat(letter.getSource()).isEqualTo(DeadLetters.MERGES);
    assertThat(letter.getReason()).isEqualTo("EVENT_TOO_LARGE");
    assertThat(letter.getRecord()).contains(new RecordRef("lead", "L-1"));
    assertThat(letter.getAttempts().getLast().getStage())
        .isEqualTo(JoinMergedRecords.JOIN_HISTORIES);
    assertThat(flow.state("lead/L-1").orElseThrow().getJoined()).isEmpty();
    assertThat(flow.tableOf(Topics.CRM_LEADS)).containsKey("L-1");
  }

  @Test
  void recordsWithoutATopicOfTheirOwnAreMergedToo() {
    flow.arrive(TestEvent.of("ticket.created", "ticket/T-2").data("status", "new"));
    flow.arrive(TestEvent.of("ticket.merged", "ticket/T-1").at(5).data("merged_ids", "T-2"));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.state("ticket/T-1").orElseThrow().getJoined()).containsOnlyKeys("T-2");
    assertThat(flow.deadLetters()).isEmpty();
  }

  @Test
  void fieldsNobodySeesAreForgottenInTime() {
    flow.arrive(created("L-3", 9).data("phone", "1"));
    flow.arrive(TestEvent.of("lead.deleted", "lead/L-3").at(10));
    mergeOfTwo();
    flow.pass(Duration.ofDays(27));
    assertThat(fieldsOf("lead/L-3")).containsKey("phone");
    assertThat(fieldsOf("lead/L-2")).containsKey("owner");

    flow.pass(Duration.ofDays(2));

    assertThat(fieldsOf("lead/L-3")).isEmpty();
    assertThat(fieldsOf("lead/L-2")).isEmpty();
    assertThat(joinedFields()).containsKey("owner");
    flow.arrive(updated("L-2", 30).data("title", "CTO"));
    flow.pass(Duration.ofSeconds(2));
    CrmLead lead = flow.leads().getLast().value();
    assertThat(lead.getOwner()).contains("Ada");
    assertThat(lead.getTitle()).contains("CTO");
  }

  @Test
  void deletedRecordForgetsWhatItHadJoined() {
    mergeOfTwo();
    flow.arrive(TestEvent.of("lead.deleted", "lead/L-1").at(30));
    flow.pass(Duration.ofSeconds(2));
    assertThat(joinedFields()).containsKey("owner");

    flow.pass(Duration.ofDays(31));

    assertThat(joinedFields()).isEmpty();
    assertThat(flow.leads().getLast().value()).isNull();
  }

  /** L-2 was merged into L-1, and everything written so far is read. */
  private void mergeOfTwo() {
    flow.arrive(created("L-2", 10).data("owner", "Ada"));
    flow.arrive(created("L-1", 11).data("status", "open"));
    flow.arrive(merged(20));
    flow.pass(Duration.ofSeconds(2));
    flow.leads();
  }

  private Map<String, ?> fieldsOf(String record) {
    return flow.state(record).orElseThrow().getFields();
  }

  private Map<String, ?> joinedFields() {
    RecordState state = flow.state("lead/L-1").orElseThrow();
    return Optional.ofNullable(state.getJoined().get("L-2")).orElseThrow().getFields();
  }

  private static TestEvent created(String lead, long at) {
    return TestEvent.of("lead.created", "lead/" + lead).id("created-" + at).at(at);
  }

  private static TestEvent updated(String lead, long at) {
    return TestEvent.of("lead.updated", "lead/" + lead).id("updated-" + at).at(at);
  }

  private static TestEvent merged(long at) {
    return TestEvent.of("lead.merged", "lead/L-1")
        .id("merged-" + at)
        .at(at)
        .data("merged_ids", "L-2");
  }
}
