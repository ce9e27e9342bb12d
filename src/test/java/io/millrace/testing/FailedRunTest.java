package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedRunTest {
  @TempDir private Path directory;

  @Test
  void keepsLogsAndShowsTheirEnds() throws Exception {
    Path run = directory.resolve("run");
    Files.createDirectories(run.resolve("data/logs"));
    Files.writeString(
        run.resolve("data/logs/millrace.log"),
        IntStream.range(0, 500).mapToObj(n -> "line " + n).collect(Collectors.joining("\n")));
    Files.writeString(run.resolve("killed.txt"), "what the terminal showed");
    Files.writeString(run.resolve("00000000000000000000.log"), "records of Kafka");
    Path store = Files.createDirectories(run.resolve("data/spool/log"));
    Files.writeString(store.resolve("CURRENT"), "MANIFEST-1");
    Files.writeString(store.resolve("000004.log"), "records of RocksDB");

    String shown = FailedRun.keep(run, directory.resolve("kept"));

    assertThat(shown)
        .contains("the last 200 of 500 lines", "line 300\n", "line 499", "what the terminal showed")
        .doesNotContain("line 299\n", "records of");
    assertThat(directory.resolve("kept/data/logs/millrace.log")).exists();
    assertThat(directory.resolve("kept/killed.txt")).exists();
  }
}
