package io.millrace.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.DeadLetter;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.kafka.format.EncodedSize;
import io.millrace.kafka.topic.TopicLimits;
import io.millrace.model.EventSize;
import io.millrace.testing.RandomText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing the flow writes, whether to a topic or a changelog, is larger than they accept. */
final class LargeRecordsTest {
  /** One byte in UTF-8 and six in JSON. */
  private static final String CONTROL = "\u0001";

  private static final long MOST = TopicLimits.MAX_RECORD_BYTES;

  private final List<DeadLetter> letters = new ArrayList<>();
  private final RecordsFlow flow = RecordsFlow.shipped();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void keepsTheBeginningOfAnOriginalThatDoesNotFit() {
    write("L-2", 13, CONTROL.repeat(145_000));
    write("L-1", 15, CONTROL.repeat(145_000));
    merge("L-1", "L-2");

    assertEverythingFits("a merge that is too large");
    assertThat(letters).singleElement().satisfies(LargeRecordsTest::isShortened);
  }

  @Test
  void refusesAnEventThatWouldMakeTheStateTooLarge() {
    // Three bytes each: a third of the limit in characters.
    write("L-1", 20, "\u4e2d".repeat(EventSize.MAX_STATE_BYTES / 3 / 15));

    assertEverythingFits("text of three bytes a character");
    assertThat(letters)
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(letter -> assertThat(letter.getReason()).isEqualTo("EVENT_TOO_LARGE"));
  }

  @Test
  void countsTurnsAndSourcesOfARecordAndOfWhatItAbsorbed() {
    String suffix = "\u4e2d".repeat(500);
    int merged = 0;
    while (letters.isEmpty() && merged < 300) {
      merged++;
      long at = flow.now().toEpochMilli();
      for (int turn = 0; turn < 16; turn++) {
        String type = turn % 2 == 0 ? "lead.created" : "lead.deleted";
        flow.arrive(
            TestEvent.of(type, "lead/M" + merged)
                .id("t" + merged + "/" + turn + suffix)
                .source("s" + turn)
                .at(at + turn));
      }
      merge("L-1", "M" + merged);
      assertEverythingFits("merge " + merged);
    }

    assertThat(merged).as("merges until the record is full").isBetween(50, 299);
  }

  @Test
  void everythingFitsWhateverTheTexts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      String lead = "L-" + random.nextInt(4);
      TestEvent event =
          TestEvent.of(random.nextInt(9) == 0 ? "lead.created" : "lead.updated", "lead/" + lead)
              .id("e" + i + RandomText.of(random, 100))
              .at(flow.now().toEpochMilli());
      for (int fields = random.nextInt(3); fields >= 0; fields--) {
        event.data("f" + random.nextInt(30), RandomText.of(random, 400).repeat(1_000));
      }
      flow.arrive(event);
      flow.pass(Duration.ofSeconds(random.nextInt(4)));
      if (random.nextInt(8) == 0) {
        merge("L-" + random.nextInt(4), "L-" + random.nextInt(4));
      }
      assertEverythingFits("seed " + seed);
    }
  }

  private void write(String lead, int fields, String value) {
    long at = flow.now().toEpochMilli();
    flow.arrive(TestEvent.of("lead.created", "lead/" + lead).id("c" + lead).at(at));
    for (int i = 0; i < fields; i++) {
      flow.arrive(
          TestEvent.of("lead.updated", "lead/" + lead)
              .id(lead + i)
              .at(at + 1 + i)
              .data("f" + i, value));
    }
    flow.pass(Duration.ofSeconds(5));
  }

  private void merge(String survivor, String other) {
    long at = flow.now().toEpochMilli();
    flow.arrive(
        TestEvent.of("lead.merged", "lead/" + survivor)
            .id("m" + at + other)
            .at(at)
            .data("merged_ids", other));
    flow.pass(Duration.ofMinutes(6));
  }

  private void assertEverythingFits(String origin) {
    letters.addAll(flow.deadLetters());
    assertThat(letters)
        .allSatisfy(letter -> assertThat(EncodedSize.of(letter)).as(origin).isLessThan(MOST));
    flow.written()
        .forEach(
            (topic, written) ->
                assertThat(written.largest())
                    .as("bytes of the largest record of %s: %s", topic, origin)
                    .isLessThanOrEqualTo(MOST));
  }

  private static void isShortened(DeadLetter letter) {
    assertThat(letter.getReason()).isEqualTo("EVENT_TOO_LARGE");
    assertThat(letter.getOriginal().remaining()).isEqualTo(1_000_000);
    assertThat(UTF_8.decode(letter.getOriginal()).toString()).startsWith("{\"survivor\"");
    assertThat(letter.getAttempts().getLast().getError())
        .containsPattern("limit is 4000000.*original has \\d{8} bytes; only the first 1000000 are");
  }
}
