package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.result.BenchResult;
import io.millrace.bench.result.Figure;
import io.millrace.bench.result.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each benchmark at its smallest: its answers are right, its figures are there, nothing is left.
 */
class BenchIT {
  @TempDir private Path directory;

  @Test
  void streamChecksEveryAnswer() throws IOException {
    BenchResult result = run("stream", "--events", "2000");

    assertThat(result.wrong()).isEmpty();
    assertThat(result.figures())
        .extracting(Figure::subject)
        .contains("role normalize", "role records", "role engagement", "flow")
        .contains("bytes through Kafka Streams", "textbook version");
    assertThat(result.figures())
        .filteredOn(figure -> figure.subject().equals("flow"))
        .filteredOn(figure -> figure.name().equals("CPU µs/event"))
        .singleElement()
        .satisfies(figure -> assertThat(figure.limit()).isPresent());
    // The CPU of what is warm comes from a clock of 10 ms ticks: of so few events it may be none.
    assertThat(result.figures())
        .filteredOn(figure -> !figure.name().equals("wrong answers"))
        .filteredOn(figure -> !figure.name().equals("CPU µs/event"))
        .allMatch(figure -> figure.value() > 0);
  }

  @Test
  void edgeIsHeldAgainstABareServer() throws IOException {
    BenchResult result = run("edge", "--seconds", "1");

    assertThat(result.wrong()).isEmpty();
    assertThat(result.figures())
        .extracting(Figure::subject)
        .contains("bare server", "edge, log in memory", "edge");
    assertThat(result.figures()).filteredOn(figure -> figure.limit().isPresent()).hasSize(3);
    assertThat(result.figures()).allMatch(figure -> figure.value() > 0);
  }

  @Test
  void storeIsRestoredToo() throws IOException {
    BenchResult result = run("store", "--rows", "10000");

    assertThat(result.wrong()).isEmpty();
    assertThat(result.figures()).extracting(Figure::subject).contains("10,000 ids", "restore");
  }

  @Test
  void genuineSendersGetThroughAnAttack() throws IOException {
    BenchResult result = run("hostile", "--seconds", "3");

    assertThat(result.wrong()).isEmpty();
    assertThat(result.figures())
        .extracting(Figure::subject)
        .contains("without attacks", "under attack");
    assertThat(result.notes()).anyMatch(note -> note.startsWith("slow bodies of one address"));
  }

  @Test
  void refusesASizeThatSaysNothing() {
    assertThat(Main.run("bench", "stream", "--events", "10")).isEqualTo(2);
    assertThat(Main.run("bench", "edge", "--seconds", "0.5")).isEqualTo(2);
    assertThat(Main.run("bench", "store", "--rows", "-1")).isEqualTo(2);
    assertThat(Main.run("bench", "hostile", "--seconds", "-1")).isEqualTo(2);
    assertThat(Main.run("bench")).isEqualTo(2);
  }

  private BenchResult run(String bench, String... size) throws IOException {
    Path json = directory.resolve("result.jsonl");
    Path svg = directory.resolve("result.svg");
    Path data = Files.createDirectories(directory.resolve("data"));
    List<String> arguments =
        Stream.concat(
                Stream.of("bench", bench, "--seed", "7", "--data", data.toString()),
                Stream.concat(
                    Stream.of("--json", json.toString(), "--svg", svg.toString()), Stream.of(size)))
            .toList();

    int code = Main.run(arguments.toArray(String[]::new));

    assertThat(Files.readAllLines(json)).hasSize(1);
    BenchResult result = ResultJson.read(Files.readString(json).strip());
    assertThat(code).as("%s", result.wrong()).isZero();
    assertThat(result.bench()).isEqualTo(bench);
    assertThat(Files.readString(svg)).startsWith("<svg");
    assertThat(data).as("data of the run").isEmptyDirectory();
    assertThat(ProcessHandle.current().descendants())
        .as("processes of the run")
        .noneMatch(child -> child.isAlive() && child.info().command().isPresent());
    return result;
  }
}
