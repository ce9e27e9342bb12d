package io.millrace.flow.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.flow.testing.TestEvent;
import io.millrace.kafka.format.EncodedSize;
import io.millrace.kafka.topic.TopicLimits;
import io.millrace.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.junit.jupiter.api.Test;

final class StepOutputTest {
  private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
  private final StepOutput output =
      new StepOutput("a-step", context, new FlowMetrics(new SimpleMeterRegistry()));

  StepOutputTest() {
    context.setCurrentStreamTimeMs(0);
  }

  @Test
  void writesALetterOfTheCauseInsteadOfARecordThatTopicsReject() {
    Event cause = TestEvent.of("lead.updated", "lead/L-1").build();
    output.write(Topics.EVENTS_LATE, "lead/L-1", withText(TopicLimits.MAX_RECORD_BYTES), cause);

    assertThat(written("write-events-late")).isEmpty();
    DeadLetter letter = letter();
    assertThat(letter.getReason()).isEqualTo(Reason.EVENT_TOO_LARGE.name());
    assertThat(letter.getEventId()).contains(cause.getEventId());
    assertThat(letter.getAttempts().getLast().getError())
        .startsWith("The record for events-late has 80001")
        .contains("8000000 bytes are accepted");
  }

  @Test
  void theLimitIncludesTheKey() {
    Event cause = TestEvent.of("lead.updated", "lead/L-1").build();
    Event large = withText(TopicLimits.MAX_RECORD_BYTES - 1_000);
    assertThat(EncodedSize.of(large)).isLessThan(TopicLimits.MAX_RECORD_BYTES);
    output.write(Topics.EVENTS_LATE, "k", large, cause);
    output.write(Topics.EVENTS_LATE, "\u4e2d".repeat(1_000), large, cause);

    assertThat(written("write-events-late")).hasSize(1);
    assertThat(written("write-dead-letters")).hasSize(1);
  }

  @Test
  void shortensALetterWhoseOriginalDoesNotFit() {
    // Six bytes in JSON.
    Event event =
        TestEvent.of("lead.updated", "lead/L-1").data("a", "\u0001".repeat(1_900_000)).build();
    output.refuse(event, Reason.INVALID_FIELD, "It is bad.");

    DeadLetter letter = letter();
    assertThat(letter.getOriginal().remaining()).isEqualTo(DeadLetters.MOST_OF_ORIGINAL);
    assertThat(letter.getAttempts().getLast().getError())
        .matches(
            "It is bad\\. \\(The original has 114\\d{5} bytes; only the first 1000000 are kept"
                + " here\\.\\)");
  }

  @Test
  void cutsAnOriginalBetweenCharacters() {
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(shift) + "\ud83d\ude00".repeat(1_900_000);
      Event event = TestEvent.of("lead.updated", "lead/L-1").data("a", text).build();
      output.refuse(event, Reason.INVALID_FIELD, "It is bad.");

      List<DeadLetter> letters = letters();
      DeadLetter letter = letters.getLast();
      assertThat(letter.getOriginal().remaining()).isBetween(999_997, 1_000_000);
      assertThat(StandardCharsets.UTF_8.decode(letter.getOriginal()).toString())
          .doesNotContain("\ufffd");
    }
  }

  @Test
  void keepsTheBeginningOfALongError() {
    Event event = TestEvent.of("lead.updated", "lead/L-1").build();
    output.refuse(Cause.of(event), new IllegalStateException("x".repeat(5_000_000)));

    assertThat(letter().getAttempts().getLast().getError())
        .startsWith("java.lang.IllegalStateException: xxx")
        .endsWith("... (5000033 characters)")
        .hasSizeLessThan(4_100);
  }

  @Test
  void troubleWithAStoreIsNotTheFaultOfAnEvent() {
    Event event = TestEvent.of("lead.updated", "lead/L-1").build();

    assertThatThrownBy(
            () ->
                output.attempt(
                    event,
                    () -> {
                      throw new ProcessorStateException("The disk is full.");
                    }))
        .isInstanceOf(ProcessorStateException.class);
    assertThat(letters()).isEmpty();
  }

  private static Event withText(int bytes) {
    return TestEvent.of("lead.updated", "lead/L-1").data("a", "x".repeat(bytes)).build();
  }

  private DeadLetter letter() {
    assertThat(letters()).hasSize(1);
    return letters().getFirst();
  }

  private List<DeadLetter> letters() {
    return written("write-dead-letters").stream()
        .map(forward -> (DeadLetter) forward.record().value())
        .toList();
  }

  private List<CapturedForward<? extends String, ? extends SpecificRecord>> written(String node) {
    return List.copyOf(context.forwarded(node));
  }
}
