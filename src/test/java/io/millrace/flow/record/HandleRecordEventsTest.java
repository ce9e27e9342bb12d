package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.DeadLetter;
import io.millrace.flow.Admission;
import io.millrace.flow.naive.CountTickets;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A family of events gets a handler of its own, and nothing else notices. */
class HandleRecordEventsTest {
  private final RecordsFlow flow =
      new RecordsFlow(RecordsFlow.registered().and(new CountTickets()));

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void handlesTheEventsOfItsFamilyWithItsOwnStoreAndTopic() {
    flow.arrive(ticket("T-1", "ticket.created", 1));
    flow.arrive(ticket("T-1", "ticket.restored", 2));
    flow.arrive(ticket("T-2", "ticket.created", 3).id("another"));
    flow.arrive(TestEvent.of("lead.created", "lead/L-1"));
    flow.pass(Duration.ofSeconds(2));

    assertThat(counted())
        .containsExactlyInAnyOrder("1:ticket.created", "1:another", "2:ticket.restored");
    assertThat(flow.leads()).hasSize(1);
    assertThat(flow.ordered()).hasSize(4);
  }

  @Test
  void forgetsAndWritesTombstones() {
    flow.arrive(ticket("T-1", "ticket.created", 1));
    flow.arrive(ticket("T-1", "ticket.deleted", 2));
    flow.pass(Duration.ofSeconds(2));
    flow.arrive(ticket("T-1", "ticket.restored", 3));
    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.read(CountTickets.TOPIC))
        .extracting(written -> written.value() == null ? "end" : written.value().getEventId())
        .containsExactly("1:ticket.created", "end", "1:ticket.restored");
  }

  @Test
  void handlerThatFailsHasChangedNothing_andItsEventStaysAdmitted() {
    flow.arrive(ticket(CountTickets.BROKEN, "ticket.created", 1));

    assertThat(flow.orderedIds()).containsExactly("ticket.created");
    assertThat(flow.read(CountTickets.TOPIC)).isEmpty();
    assertThat(flow.deadLetters()).singleElement().satisfies(HandleRecordEventsTest::failedAfter);
  }

  @Test
  void handlerThatGoesAstrayFailsBeforeAnythingIsDone() {
    flow.arrive(ticket(CountTickets.ASTRAY, "ticket.created", 1));

    assertThat(flow.leads()).isEmpty();
    assertThat(flow.deadLetters()).singleElement().satisfies(HandleRecordEventsTest::failedAfter);
    assertThat(flow.remembered(CountTickets.STORE, CountTickets.ASTRAY)).isEmpty();
  }

  @Test
  void whatWouldOutgrowTheTopicsIsADeadLetterOfTheHandler() {
    // The record keeps the last two of these ids, the handler all.
    var large = "x".repeat(EventSize.MAX_STATE_BYTES / 5);
    flow.arrive(ticket("T-1", "ticket.created", 1).id(large));
    for (int i = 2; i <= 5; i++) {
      flow.arrive(ticket("T-1", "ticket.updated", i).id(large + i));
    }
    flow.pass(Duration.ofMinutes(1));

    assertThat(flow.read(CountTickets.TOPIC)).hasSize(4);
    assertThat(flow.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getReason()).isEqualTo("EVENT_TOO_LARGE");
              failedAfter(letter);
            });
  }

  @Test
  void refusesTwoHandlersThatClaimTheSame() {
    var one = RecordsFlow.registered().and(new CountTickets());

    assertThatThrownBy(() -> one.and(new CountTickets()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count-tickets");
    assertThatThrownBy(() -> one.and(WriteRecords.of("person", Topics.CRM_LEADS)))
        .hasMessageContaining("topic crm-leads");
  }

  private static void failedAfter(DeadLetter letter) {
    assertThat(letter.getAttempts().getLast().getStage()).isEqualTo(CountTickets.NAME);
    assertThat(Admission.precedes(CountTickets.NAME)).isTrue();
  }

  private List<String> counted() {
    return flow.read(CountTickets.TOPIC).stream()
        .map(written -> written.value().getEventId())
        .toList();
  }

  private static TestEvent ticket(String id, String type, long at) {
    return TestEvent.of(type, "ticket/" + id).at(at);
  }
}
