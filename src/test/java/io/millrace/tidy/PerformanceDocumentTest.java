package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.BenchResult;
import io.millrace.bench.Figure;
import io.millrace.bench.ResultJson;
import io.millrace.bench.ResultTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The page of figures is written from the results of the benchmarks in {@code docs/performance}.
 */
class PerformanceDocumentTest {
  private static final String FOLDER = "docs/performance";
  private static final List<String> BENCHES = List.of("edge", "stream", "store");

  private static final String INTRODUCTION =
      """
      # Performance

      Written from the results in `docs/performance` by a test; do not edit. Each result names the machine it was measured on.
      Ratios compare what ran there within one run, so read them first, then CPU, and rates last: a rate depends on what else the
      machine does. `--help` of each command explains every figure. To measure anew and put the result here:

      ```
      ./millrace bench edge --json docs/performance/edge.jsonl --svg docs/performance/edge.svg
      ./millrace bench stream --json docs/performance/stream.jsonl --svg docs/performance/stream.svg
      ./millrace bench store --json docs/performance/store.jsonl --svg docs/performance/store.svg
      mvn test -Dtest=PerformanceDocumentTest -Dgolden.write=true
      ```

      A result is a line of JSON; the last line of each file is shown here, the ones before it stay for comparison.
      """;

  @Test
  void showsTheLastResultOfEachBenchmark() {
    StringBuilder document = new StringBuilder(INTRODUCTION);
    for (String bench : BENCHES) {
      String file = FOLDER + "/" + bench + ".jsonl";
      if (Files.exists(Checkout.ROOT.resolve(file))) {
        BenchResult last = ResultJson.read(Checkout.read(file).lines().toList().getLast());
        assertThat(last.bench()).as("benchmark of %s", file).isEqualTo(bench);
        assertThat(last.wrong()).as("wrong answers in %s", file).isEmpty();
        document.append(section(last));
      }
    }

    Golden.check("docs/performance.md", document.toString());
  }

  private static String section(BenchResult result) {
    StringBuilder section = new StringBuilder();
    section.append("%n## bench %s%n%n".formatted(result.bench()));
    section.append(
        "%s, %s.%n%n"
            .formatted(
                result.at().toString().substring(0, 10),
                String.join(", ", result.setting().values())));
    Path picture = Checkout.ROOT.resolve(FOLDER).resolve(result.bench() + ".svg");
    if (Files.exists(picture)) {
      section.append(
          "![Figures of bench %1$s as bars](performance/%1$s.svg)%n%n".formatted(result.bench()));
    }
    section.append("| what | figure | measured | limit | | compared with |%n".formatted());
    section.append("|---|---|---|---|---|---|%n".formatted());
    for (Figure figure : result.figures()) {
      section.append(
          "| %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  figure.subject(),
                  figure.name(),
                  ResultTable.number(figure.value()),
                  ResultTable.limit(figure),
                  ResultTable.mark(figure, true),
                  ResultTable.comparison(figure)));
    }
    if (!result.notes().isEmpty()) {
      section.append("%n%s%n".formatted(String.join("\n", result.notes())));
    }
    return section.toString();
  }
}
