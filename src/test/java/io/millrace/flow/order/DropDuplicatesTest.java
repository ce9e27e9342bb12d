package io.millrace.flow.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.Event;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DropDuplicatesTest {
  private final RecordsFlow flow = new RecordsFlow();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void dropsFiveCopiesToOne_andKeepsAnAccountOfTheOthers() {
    Event first = flow.arrive(created());
    for (int i = 0; i < 4; i++) {
      flow.arrive(created());
    }

    assertThat(flow.orderedIds()).containsExactly("e-1");
    assertThat(flow.duplicates())
        .hasSize(4)
        .extracting(DuplicateEvent::getFirst)
        .containsOnly(first.getMetadata().getLineage());
  }

  @Test
  void dropsDuplicateAcrossTheEdgeOfABucket() {
    flow.pass(RecordsFlow.WINDOW.minusSeconds(1));
    flow.arrive(created());
    flow.pass(RecordsFlow.WINDOW);
    flow.arrive(created());

    assertThat(flow.duplicates()).hasSize(1);
  }

  @Test
  void dropsWhatAnEdgeWithAClockAheadAdmittedInTheNextBucket() {
    flow.pass(RecordsFlow.WINDOW.minusSeconds(30));
    flow.arriveAhead(created(), Duration.ofMinutes(1));
    flow.arrive(created());

    assertThat(flow.duplicates()).hasSize(1);
  }

  @Test
  void dropsWhatAnEdgeWithAClockBehindAdmittedInTheBucketBefore() {
    flow.pass(RecordsFlow.WINDOW.plusSeconds(30));
    flow.arriveAhead(created(), Duration.ofMinutes(-1));
    flow.arrive(created());

    assertThat(flow.duplicates()).hasSize(1);
  }

  /** An hour is as far ahead as Kafka lets a record be. */
  @Test
  void anEdgeFarAheadMakesTheStoreForgetNothingOfTheLongestWindow() {
    Duration window = Deduplication.LONGEST_WINDOW;
    for (int day = 0; day < window.toDays(); day++) {
      flow.arrive(patient("e-" + day));
      flow.pass(Duration.ofDays(1));
    }
    flow.arriveAhead(patient("ahead"), Duration.ofHours(1));
    for (int day = 0; day < window.toDays(); day++) {
      flow.arrive(patient("e-" + day));
      flow.pass(Duration.ofDays(1));
    }

    assertThat(flow.duplicates()).hasSize((int) window.toDays());
    assertThat(flow.deadLetters()).isEmpty();
  }

  @Test
  void forgetsAfterTwiceTheWindow() {
    flow.arrive(created());
    flow.pass(RecordsFlow.WINDOW.multipliedBy(2));
    flow.arrive(created());

    assertThat(flow.duplicates()).isEmpty();
  }

  @Test
  void keepsSourcesApart() {
    flow.arrive(created());
    flow.arrive(TestEvent.of("lead.created", "lead/2").id("e-1").source("other"));

    assertThat(flow.orderedIds()).containsExactly("e-1", "e-1");
  }

  @Test
  void letsDeliberateReplayPassOnce() {
    flow.arrive(created());
    flow.arrive(created().replay(1));
    flow.arrive(created().replay(1));

    flow.pass(Duration.ofSeconds(2));

    assertThat(flow.orderedIds()).containsExactly("e-1", "e-1");
    assertThat(flow.duplicates()).hasSize(1);
  }

  @Test
  void letsReplayOfWhatNeverGotThroughTakeItsPlace() {
    flow.arrive(created().replay(1));
    flow.pass(Duration.ofDays(1));
    flow.arrive(created());

    assertThat(flow.orderedIds()).hasSize(1);
    assertThat(flow.duplicates()).hasSize(1);
  }

  @Test
  void makesDeadLetterOfEventItFailsOn_andGoesOn() {
    flow.arrive(created().source(RecordsFlow.BROKEN_SOURCE));
    flow.arrive(created());

    DeadLetter deadLetter = flow.deadLetters().getFirst();
    assertThat(deadLetter.getReason()).isEqualTo(Reason.PROCESSING_FAILED.name());
    assertThat(deadLetter.getAttempts().getFirst().getStage()).isEqualTo("drop-record-duplicates");
    assertThat(StandardCharsets.UTF_8.decode(deadLetter.getOriginal()).toString())
        .contains("\"event_id\":\"e-1\"");
    assertThat(flow.orderedIds()).containsExactly("e-1");
  }

  @Test
  void refusesReplayOfWhatNobodyRemembers() {
    flow.arriveAhead(created().id("recent"), Duration.ofDays(40));
    flow.arrive(created().replay(1).failedBefore());

    assertThat(flow.deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly(Reason.TOO_OLD.name());
  }

  @Test
  void appendsToTheAttemptsOfALetterThatFailsAgain() {
    flow.arrive(created().source(RecordsFlow.BROKEN_SOURCE).replay(1).failedBefore());

    assertThat(flow.deadLetters().getFirst().getAttempts())
        .extracting(Attempt::getStage)
        .containsExactly("a-step", "drop-record-duplicates");
  }

  private static TestEvent patient(String id) {
    return TestEvent.of("payment.succeeded", "payment/P-1")
        .id(id)
        .at(1)
        .source(RecordsFlow.PATIENT_SOURCE);
  }

  private static TestEvent created() {
    return TestEvent.of("lead.created", "lead/L-1").id("e-1").at(1);
  }
}
