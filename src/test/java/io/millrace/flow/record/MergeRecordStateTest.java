package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MergeRecordStateTest {
  private final RecordsFlow flow = new RecordsFlow();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void writesTheLeadUnderItsBareId() {
    flow.arrive(created(10).data("email", "a@example.com").data("plan", "pro"));

    TestRecord<String, CrmLead> lead = flow.leads().getFirst();
    assertThat(lead.key()).isEqualTo("L-1");
    assertThat(lead.value().getEmail()).contains("a@example.com");
    assertThat(lead.value().getFields()).isEqualTo(Map.of("plan", "pro"));
    assertThat(lead.timestamp()).isEqualTo(flow.now().toEpochMilli());
  }

  @Test
  void deletionIsOneTombstone() {
    flow.arrive(created(10));
    flow.arrive(deleted(20));
    flow.pass(Duration.ofSeconds(2));
    flow.arrive(deleted(30));
    flow.pass(Duration.ofSeconds(2));

    List<TestRecord<String, CrmLead>> leads = flow.leads();
    assertThat(leads).hasSize(2);
    assertThat(leads.getLast().key()).isEqualTo("L-1");
    assertThat(leads.getLast().value()).isNull();
  }

  @Test
  void recordThatIsCreatedAgainIsBack() {
    flow.arrive(created(10).data("status", "old"));
    flow.arrive(deleted(20));
    flow.arrive(created(30).data("owner", "B"));
    flow.pass(Duration.ofSeconds(2));

    CrmLead lead = flow.leads().getLast().value();
    assertThat(lead.getOwner()).contains("B");
    assertThat(lead.getStatus()).isEmpty();
  }

  @Test
  void writesNothing_whenReadersWouldSeeNoDifference() {
    flow.arrive(created(10).data("status", "new"));
    flow.leads();

    flow.arrive(TestEvent.of("lead.updated", "lead/L-1").id("late").at(5).data("status", "x"));

    assertThat(flow.lateIds()).containsExactly("late");
    assertThat(flow.leads()).isEmpty();
  }

  @Test
  void mergesRecordsWithoutATopicOfTheirOwn() {
    flow.arrive(TestEvent.of("ticket.created", "ticket/T-1").data("status", "new"));
    flow.arrive(
        TestEvent.of("ticket.updated", "ticket/T-1")
            .at(1)
            .previous("status", "new")
            .data("status", "open"));

    assertThat(flow.orderedIds()).containsExactly("ticket.created", "ticket.updated");
    assertThat(flow.leads()).isEmpty();
  }

  @Test
  void recordThatWouldOutgrowTheTopicsIsADeadLetterAndNothingElse() {
    String large = "x".repeat(EventSize.MAX_STATE_BYTES / 2);
    flow.arrive(created(10).data("a", large));
    flow.arrive(TestEvent.of("lead.updated", "lead/L-1").id("more").at(20).data("b", large));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.getReason()).isEqualTo("EVENT_TOO_LARGE"));
    assertThat(flow.orderedIds()).containsExactly("created-10");
    assertThat(flow.leads()).hasSize(1);
  }

  @Test
  void deletionOfANoteAboutALeadLeavesTheLead() {
    flow.arrive(created(10).data("email", "a@example.com"));
    flow.arrive(TestEvent.of("note.deleted", "lead/L-1").at(20).data("note_id", "7"));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.leads().getLast().value().getFields()).isEqualTo(Map.of("note_id", "7"));
  }

  @Test
  void creationOfANoteDoesNotBringADeletedLeadBack() {
    flow.arrive(created(10));
    flow.arrive(deleted(20));
    flow.arrive(TestEvent.of("note.created", "lead/L-1").at(30).data("text", "x"));
    flow.pass(Duration.ofMinutes(6));

    assertThat(flow.leads().getLast().value()).isNull();
    assertThat(flow.ordered().getLast().getMetadata().getOrphan()).isTrue();
  }

  @Test
  void mergeOfNotesAboutALeadMergesNoLeads() {
    flow.arrive(created(10));
    flow.arrive(TestEvent.of("note.merged", "lead/L-1").at(20).data("merged_ids", "L-2"));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.read(Topics.RECORDS_MERGED)).isEmpty();
    assertThat(flow.leads().getLast().value().getFields()).isEqualTo(Map.of("merged_ids", "L-2"));
  }

  @Test
  void laterOfTwoChangesInOneSecondWins_whateverItsId() {
    flow.arrive(created(10).data("status", "new"));
    flow.arrive(update("evt_Z", 20).previous("status", "new").data("status", "open"));
    flow.arrive(update("evt_A", 20).previous("status", "open").data("status", "won"));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.lateIds()).isEmpty();
    assertThat(flow.orderedIds()).containsExactly("created-10", "evt_Z", "evt_A");
    assertThat(flow.leads().getLast().value().getStatus()).contains("won");
  }

  @Test
  void eventFromTheFutureSlowsNothingDown() {
    try (RecordsFlow shipped = RecordsFlow.shipped()) {
      long now = shipped.now().toEpochMilli();
      long nextYear = now + Duration.ofDays(365).toMillis();
      shipped.arrive(TestEvent.of("deal.created", "deal/D").at(now).data("stage", "new"));
      shipped.arrive(deal("future", nextYear).data("stage", "won"));
      shipped.pass(Duration.ofSeconds(5));
      shipped.orderedIds();

      shipped.arrive(deal("u1", now + 1).previous("stage", "new").data("stage", "offer"));
      shipped.arrive(deal("u2", now + 2).data("amount", "7"));
      shipped.pass(Duration.ofSeconds(2));

      assertThat(shipped.orderedIds()).containsExactly("u1", "u2");
    }
  }

  private static TestEvent deal(String id, long at) {
    return TestEvent.of("deal.updated", "deal/D").id(id).at(at);
  }

  private static TestEvent update(String id, long at) {
    return TestEvent.of("lead.updated", "lead/L-1").id(id).at(at);
  }

  private static TestEvent created(long at) {
    return TestEvent.of("lead.created", "lead/L-1").id("created-" + at).at(at);
  }

  private static TestEvent deleted(long at) {
    return TestEvent.of("lead.deleted", "lead/L-1").id("deleted-" + at).at(at);
  }
}
