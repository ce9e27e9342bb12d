package io.millrace.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ResultTest {
  private static final Figure BARE = Figure.of("bare server", "requests/s", 1_000);
  private static final Figure KEPT =
      Figure.of("edge", "requests/s", 700).against(BARE).ratioAtLeast(0.6);
  private static final Figure BROKEN = Figure.of("edge", "CPU µs/request", 71).atMost(70);
  private static final BenchResult RESULT =
      new BenchResult(
          "edge",
          Instant.parse("2026-03-01T12:00:00Z"),
          new LinkedHashMap<>(Map.of("cores", "2 cores")),
          List.of(BARE, KEPT, BROKEN),
          List.of("A note."),
          List.of("a < b"));

  @Test
  void comesBackFromItsLineOfJson() {
    String line = ResultJson.line(RESULT);

    assertThat(line).doesNotContain("\n");
    assertThat(ResultJson.read(line)).isEqualTo(RESULT);
  }

  @Test
  void refusesWhatIsNoResult() {
    assertThatThrownBy(() -> ResultJson.read("{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a result in JSON");
    assertThatThrownBy(() -> ResultJson.read("{\"bench\":\"edge\"}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void judgesByTheLimitOrByTheRatio() {
    assertThat(BARE.isWithinLimit()).isEmpty();
    assertThat(KEPT.isWithinLimit()).hasValue(true);
    assertThat(KEPT.ratio()).hasValue(0.7);
    assertThat(BROKEN.isWithinLimit()).hasValue(false);
    assertThat(Figure.of("restore", "rows/s", 399_999).atLeast(400_000).isWithinLimit())
        .hasValue(false);
    Figure growth = Figure.of("large", "µs", 1.4).against(Figure.of("small", "µs", 1));
    assertThat(growth.ratioAtMost(1.3).isWithinLimit()).hasValue(false);
    assertThat(growth.ratioAtMost(1.5).isWithinLimit()).hasValue(true);
  }

  @Test
  void aLimitOfARatioIsNotJudgedWithoutAReference() {
    assertThat(Figure.of("edge", "requests/s", 1).ratioAtLeast(0.6).isWithinLimit()).isEmpty();
  }

  @Test
  void isShownWithLimitsRatiosAndMarks() {
    List<String> lines = ResultTable.lines(RESULT, true);

    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("700", "at least 0.60x", "✓", "bare server (1,000): 0.70x"))
        .anySatisfy(line -> assertThat(line).contains("71", "at most 70", "✗"))
        .contains("A note.", "WRONG: a < b");
    assertThat(ResultTable.lines(RESULT, false)).noneMatch(line -> line.contains("✓"));
  }

  @Test
  void isDrawnAsSvgWithABarForEachFigure() throws Exception {
    String svg = BarChart.svg(RESULT);

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    // The background is one too.
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(2);
  }
}
