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
    flow.pass(untilNextBucket().minusSeconds(1));
    flow.arrive(created());
    flow.pass(RecordsFlow.WINDOW);
    flow.arrive(created());

    assertThat(flow.duplicates()).hasSize(1);
  }

  @Test
  void dropsWhatAnEdgeWithAClockAheadAdmittedInTheNextBucket() {
    flow.pass(untilNextBucket().minusSeconds(30));
    flow.arriveAhead(created(), Duration.ofHours(1));
    flow.arrive(created());

    assertThat(flow.duplicates()).hasSize(1);
  }

  @Test
  void dropsWhatAnEdgeWithAClockBehindAdmittedInTheBucketBefore() {
    flow.pass(untilNextBucket().plusSeconds(30));
    flow.arriveAhead(created(), Duration.ofHours(-1));
    flow.arrive(created());

    assertThat(flow.duplicates()).hasSize(1);
  }

  /** In time by a correct clock, an hour after the window by the clocks of the two edges. */
  @Test
  void dropsWhatComesAtTheEndOfTheWindowByWayOfAnEdgeAnHourAhead() {
    flow.pass(untilNextBucket().minusMillis(1));
    flow.arrive(created());
    flow.pass(RecordsFlow.WINDOW);
    flow.arriveAhead(created(), Duration.ofHours(1));

    assertThat(flow.duplicates()).hasSize(1);
  }

  /** One edge could not reach Kafka for hours; another one took the retry. */
  @Test
  void dropsACopyOutOfASpoolWhenTheRetryWasDeliveredInTheNextBucket() {
    flow.pass(untilNextBucket().plusMinutes(30));
    flow.arrive(created().delivery("retry"));
    flow.arriveAhead(created().delivery("spooled"), Duration.ofHours(-2));

    assertThat(flow.duplicates())
        .extracting(duplicate -> duplicate.getLineage().getDeliveryId())
        .containsExactly("spooled");
  }

  @Test
  void dropsAReplayedLetterWhoseSenderCameAgain_howeverLongAfterIt() {
    for (int days = 1; days < 9; days++) {
      try (RecordsFlow each = new RecordsFlow()) {
        each.pass(untilNextBucket().minusHours(12));
        each.pass(Duration.ofDays(days));
        each.arrive(created().delivery("again"));
        each.pass(Duration.ofHours(1));
        each.arriveAhead(letter(), Duration.ofDays(days).plusHours(1).negated());

        assertThat(each.duplicates()).as("%d days later", days).hasSize(1);
      }
    }
  }

  @Test
  void deliversAnOldLetterOnce_howeverOftenItIsReplayed() {
    flow.pass(Duration.ofDays(29));
    flow.arrive(created().id("recent"));
    for (int times = 0; times < 3; times++) {
      flow.arriveAhead(letter(), Duration.ofDays(29).negated());
      flow.pass(Duration.ofDays(2));
    }

    assertThat(flow.orderedIds().size() + flow.lateIds().size()).isEqualTo(2);
    assertThat(flow.duplicates()).hasSize(2);
    assertThat(flow.deadLetters()).isEmpty();
  }

  private static Duration untilNextBucket() {
    long length = Deduplication.reach(RecordsFlow.WINDOW).toMillis();
    return Duration.ofMillis(length - Math.floorMod(RecordsFlow.START.toEpochMilli(), length));
  }

  private static TestEvent letter() {
    return created().delivery("letter").replay(1).failedBefore();
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
  void forgetsAfterTwiceTheWindowAndTwoHours() {
    flow.arrive(created());
    flow.pass(Deduplication.reach(RecordsFlow.WINDOW).multipliedBy(2));
    flow.arrive(created());

    assertThat(flow.duplicates()).isEmpty();
  }

  @Test
  void keepsSourcesApart() {
    flow.arrive(created());
    flow.arrive(TestEvent.of("lead.created", "lead/2").id("e-1").source("other"));

    assertThat(flow.orderedIds()).containsExactly("e-1", "e-1");
  }

  /** Some senders give the events of one request one id, or use the id of an object. */
  @Test
  void keepsRecordsApart() {
    flow.arrive(created());
    flow.arrive(TestEvent.of("lead.created", "lead/L-2").id("e-1").at(1));
    flow.arrive(TestEvent.of("lead.created", "lead/L-2").id("e-1").at(1));

    assertThat(flow.orderedIds()).containsExactly("e-1", "e-1");
    assertThat(flow.duplicates())
        .extracting(duplicate -> duplicate.getRecord().getId())
        .containsExactly("L-2");
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
  void refusesWhatNobodyRemembers() {
    flow.arriveAhead(created().id("recent"), Duration.ofDays(40));
    flow.arrive(created());

    assertThat(flow.deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly(Reason.TOO_OLD.name());
  }

  @Test
  void appendsToTheAttemptsOfALetterThatFailsAgain() {
    flow.arrive(created().source(RecordsFlow.BROKEN_SOURCE).replay(1).failedBefore());

    assertThat(flow.deadLetters().getFirst().getAttempts())
        .extracting(Attempt::getStage)
        .containsExactly("normalize-deliveries", "drop-record-duplicates");
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
