package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
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

  private static TestEvent created(long at) {
    return TestEvent.of("lead.created", "lead/L-1").id("created-" + at).at(at);
  }

  private static TestEvent deleted(long at) {
    return TestEvent.of("lead.deleted", "lead/L-1").id("deleted-" + at).at(at);
  }
}
