package io.millrace.flow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.flow.EngagementRules;
import io.millrace.flow.expression.EventCondition;
import io.millrace.tidy.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/scoring.md shows can be used as it stands. */
final class ScoringDocumentTest {
  private static final String TEXT = Checkout.read("docs/scoring.md");
  private static final Pattern FILE = Pattern.compile("(?ms)^```yaml\n# (\\S+)\n(.*?)^```$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  @TempDir private Path directory;

  @Test
  void showsFilesThatAreRead() throws IOException {
    Files.copy(Path.of("topology/rules/signals.yaml"), directory.resolve("signals.yaml"));
    for (MatchResult file : FILE.matcher(TEXT).results().toList()) {
      Files.writeString(directory.resolve(file.group(1)), file.group(2));
    }

    ScoringModel model = EngagementRules.load(directory).scoring();

    assertThat(model.rules()).hasSize(5);
    assertThat(model.thresholds()).hasSize(1);
  }

  @Test
  void showsACandidateThatNeedsAnotherVersionOnly() throws IOException {
    assertThat(TEXT)
        .contains("cp topology/rules/scoring.yaml topology/rules/scoring-candidate.yaml");
    for (String name : List.of("activities.yaml", "signals.yaml", "scoring.yaml")) {
      Files.copy(Path.of("topology/rules", name), directory.resolve(name));
    }
    Files.writeString(
        directory.resolve("scoring-candidate.yaml"),
        Files.readString(directory.resolve("scoring.yaml")).replace("version: 2", "version: 3"));

    assertThat(EngagementRules.load(directory).candidate()).isPresent();
  }

  @Test
  void showsTestsOfEvents() {
    assertThat(rows("## Which events count", "## What it is worth"))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            expression ->
                assertThatCode(() -> EventCondition.of(expression)).doesNotThrowAnyException());
  }

  @Test
  void showsConditionsAndPoints() {
    assertThat(rows("## What it is worth", "## Thresholds"))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            expression -> assertThatCode(() -> compile(expression)).doesNotThrowAnyException());
  }

  private static void compile(String expression) {
    Set<String> countable = Set.of("email-open", "signal:pricing-interest");
    if (expression.contains(" > ") && !expression.contains("?")) {
      ScoreExpression.condition(expression, countable);
    } else {
      ScoreExpression.number(expression, countable);
    }
  }

  private static List<String> rows(String from, String to) {
    String section = TEXT.substring(TEXT.indexOf(from), TEXT.indexOf(to));
    return ROW.matcher(section).results().map(row -> row.group(1)).toList();
  }
}
