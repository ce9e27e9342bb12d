package io.millrace.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchDirectoryTest {
  @TempDir private Path parent;

  @Test
  void removesWhatAKilledRunLeftAndNothingElse() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path left = Files.createDirectories(parent.resolve("millrace-bench-" + ended.pid() + "-1"));
    Files.writeString(left.resolve("file"), "left");
    Path alive =
        Files.createDirectories(
            parent.resolve("millrace-bench-" + ProcessHandle.current().pid() + "-1"));
    Path other = Files.createDirectories(parent.resolve("other"));

    try (BenchDirectory directory = BenchDirectory.in(parent)) {
      assertThat(directory.path()).exists();
    }

    assertThat(left).doesNotExist();
    assertThat(alive).exists();
    assertThat(other).exists();
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> BenchDirectory.in(file))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data");
  }
}
