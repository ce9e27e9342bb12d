package io.millrace.bench.simulator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.simulator.life.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Attempt.Answer ACCEPTED =
      new Attempt.Answer(NOW.plusMillis(9), 200, "", Optional.of("d-1"));

  @TempDir Path directory;

  @Test
  void continuesAnUnfinishedRunWithItsOwnSeed() {
    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      journal.answered(journal.trying(0, NOW), ACCEPTED);
      journal.trying(1, NOW);
      journal.notSeen(1);
    }

    try (Journal journal = Journal.open(directory, 7, 999, NOW.plusSeconds(60))) {
      assertThat(journal.isResumed()).isTrue();
      assertThat(journal.run()).isEqualTo(Run.numbered(1, 42, 100, NOW));
      assertThat(journal.attempts())
          .containsExactlyInAnyOrder(
              new Attempt(0, 1, NOW, Optional.of(ACCEPTED)),
              new Attempt(1, 1, NOW, Optional.empty()));
      assertThat(journal.unseen()).containsExactly(1);
    }
  }

  @Test
  void writesAnObjectPerLine() throws Exception {
    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      journal.answered(journal.trying(0, NOW), ACCEPTED);
      journal.answered(
          journal.trying(1, NOW), new Attempt.Answer(NOW, 401, "STALE", Optional.empty()));
      journal.notSeen(1);
      journal.finish(NOW);
    }

    assertThat(Files.readString(directory.resolve("run-00001.jsonl")))
        .isEqualTo(
            """
            {"line":"run","number":1,"seed":42,"events":100,"started_at":"2026-05-04T10:00:00Z"}
            {"line":"trying","request":0,"attempt":1,"at":"2026-05-04T10:00:00Z"}
            {"line":"answered","request":0,"attempt":1,"at":"2026-05-04T10:00:00.009Z",\
            "status":200,"reason":"","delivery_id":"d-1"}
            {"line":"trying","request":1,"attempt":1,"at":"2026-05-04T10:00:00Z"}
            {"line":"answered","request":1,"attempt":1,"at":"2026-05-04T10:00:00Z",\
            "status":401,"reason":"STALE"}
            {"line":"unseen","request":1}
            {"line":"end","at":"2026-05-04T10:00:00Z"}
            """);
  }

  @Test
  void beginsAnotherRunAfterAFinishedOne() {
    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      journal.finish(NOW);
    }

    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      assertThat(journal.isResumed()).isFalse();
      assertThat(journal.run().tag()).isEqualTo("r2");
    }
  }

  @Test
  void recoversFromALineThatWasCutOff() throws Exception {
    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      journal.answered(journal.trying(0, NOW), ACCEPTED);
    }
    Path file = directory.resolve("run-00001.jsonl");
    Files.writeString(file, "{\"line\":\"try", StandardOpenOption.APPEND);

    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      journal.trying(1, NOW);
    }

    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      assertThat(journal.attempts()).hasSize(2);
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    assertThat(lines).hasSize(4).allMatch(line -> line.endsWith("}"));
  }

  @Test
  void usesAFileAgainThatNeverGotItsFirstLine() throws Exception {
    Files.writeString(directory.resolve("run-00003.jsonl"), "{\"line\":\"ru");

    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      assertThat(journal.run().tag()).isEqualTo("r3");
      assertThat(journal.isResumed()).isFalse();
    }
  }

  @Test
  void countsTheTriesOfARequestAcrossProcesses() {
    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      journal.trying(5, NOW);
    }

    try (Journal journal = Journal.open(directory, 42, 100, NOW)) {
      assertThat(journal.trying(5, NOW).number()).isEqualTo(2);
    }
  }
}
