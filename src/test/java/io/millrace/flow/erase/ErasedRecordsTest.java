package io.millrace.flow.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
import io.millrace.event.ErasureOrder;
import io.millrace.event.RecordHistory;
import io.millrace.event.RecordRef;
import io.millrace.event.SuppressedEvent;
import io.millrace.flow.record.RecordStates;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After the order, nothing of a record is left in any store of the role, nor in its topic. */
class ErasedRecordsTest {
  private static final String ADA = "ada@example.com";
  private static final String LEAD = "lead/L-1";

  private final RecordsFlow flow = RecordsFlow.shipped();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void leavesNothingOfTheRecord() {
    flow.arrive(lead("lead.created", "1", 10).data("status", "new"));
    flow.arrive(lead("lead.updated", "2", 20).data("status", "working"));
    flow.arrive(TestEvent.of("lead.deleted", LEAD).id("3").at(30));
    flow.arrive(lead("lead.created", "4", 40).data("status", "new"));
    flow.pass(Duration.ofMinutes(10));
    assertThat(flow.storesWith(ADA)).contains(RecordStates.STATE);
    assertThat(flow.tableOf(Topics.CRM_LEADS).get("L-1")).isNotNull();

    erase(LEAD);

    assertThat(flow.storesWith(ADA)).isEmpty();
    // Ids of events are remembered until no copy can come any more; the marks are hashes.
    assertThat(flow.storesWith("L-1")).containsExactly("record-seen-event-ids");
    assertThat(flow.read(Topics.CRM_LEADS)).extracting(TestRecord::value).containsOnlyNulls();
    assertThat(flow.deadLetters()).isEmpty();
  }

  @Test
  void suppressesWhatWaitedForItsTurn() {
    flow.arrive(lead("lead.updated", "2", 20));
    flow.arrive(lead("lead.updated", "3", 30));
    flow.pass(Duration.ofSeconds(5));
    assertThat(flow.storesWith(ADA)).containsExactly("waiting-events");

    erase(LEAD);
    flow.pass(Duration.ofHours(1));

    assertThat(flow.storesWith(ADA)).isEmpty();
    assertThat(flow.ordered()).isEmpty();
    assertThat(flow.read(Topics.EVENTS_SUPPRESSED))
        .extracting(TestRecord::value)
        .extracting(SuppressedEvent::getEventHash)
        .containsExactlyInAnyOrder(hash("2"), hash("3"));
  }

  @Test
  void suppressesWhatWasOnItsWay() {
    Instant ordered = flow.now();
    erase(LEAD);

    flow.arrive(lead("lead.created", "1", 10).build(), ordered.minusSeconds(60), 0, 7);
    flow.arrive(
        TestEvent.of("lead.created", "lead/L-2").id("9").at(10).build(),
        ordered.minusSeconds(60),
        0,
        8);
    flow.arrive(lead("lead.updated", "2", 10).build(), ordered.plusSeconds(30), 0, 9);
    flow.pass(Duration.ofMinutes(10));

    assertThat(flow.orderedIds()).containsExactly("9");
    assertThat(flow.read(Topics.EVENTS_SUPPRESSED)).hasSize(2);
  }

  @Test
  void letsARecordBeginAgain() {
    flow.arrive(lead("lead.created", "1", 10));
    flow.pass(Duration.ofMinutes(10));
    erase(LEAD);
    flow.pass(ErasedSubjects.FOLLOWED_WITHIN.plusSeconds(1));

    flow.arrive(TestEvent.of("lead.created", LEAD).id("2").at(5).data("company", "Acme"));
    flow.pass(Duration.ofMinutes(10));

    assertThat(flow.orderedIds()).containsExactly("1", "2");
    assertThat(flow.lateIds()).isEmpty();
    CrmLead again = flow.leads().getLast().value();
    assertThat(again.getCompany()).contains("Acme");
    assertThat(again.getEmail()).isEmpty();
  }

  @Test
  void takesItsPartOutOfWhatItWasMergedInto() {
    flow.arrive(lead("lead.created", "1", 10));
    flow.arrive(TestEvent.of("lead.created", "lead/L-9").id("2").at(11).data("company", "Acme"));
    flow.arrive(TestEvent.of("lead.merged", "lead/L-9").id("3").at(12).data("merged_ids", "L-1"));
    flow.pass(Duration.ofMinutes(10));
    assertThat(flow.leads().getLast().value().getEmail()).contains(ADA);

    erase(LEAD);

    assertThat(flow.storesWith(ADA)).isEmpty();
    CrmLead survivor = flow.leads().getLast().value();
    assertThat(survivor.getEmail()).isEmpty();
    assertThat(survivor.getCompany()).contains("Acme");
  }

  @Test
  void refusesAHistoryThatWasOnItsWay() {
    flow.arrive(lead("lead.created", "1", 10));
    flow.pass(Duration.ofMinutes(10));
    RecordHistory history =
        new RecordHistory(new RecordRef("lead", "L-9"), "L-1", flow.state(LEAD).orElseThrow());
    erase("lead/L-9");

    flow.arrive(Topics.RECORD_HISTORIES, "lead/L-9", history);

    assertThat(flow.state("lead/L-9")).isEmpty();
  }

  @Test
  void forgetsItsMarksOnceNothingCanBeOnItsWay() {
    erase(LEAD);
    assertThat(flow.storesWith(ErasedSubjects.key(LEAD))).containsExactly(RecordStates.ERASED);

    flow.pass(Duration.ofDays(28).plusHours(2));

    assertThat(flow.storesWith(ErasedSubjects.key(LEAD))).isEmpty();
  }

  private void erase(String record) {
    flow.arrive(Topics.ERASE_RECORDS, record, new ErasureOrder("E-1", record, flow.now(), null));
  }

  private static TestEvent lead(String type, String id, long at) {
    return TestEvent.of(type, LEAD).id(id).at(at).data("email", ADA).data("last_name", "Ada");
  }

  private static String hash(String id) {
    return SuppressedEvents.hash("delivery-of-" + id, id);
  }
}
