package io.millrace.flow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.StageChange;
import io.millrace.event.StageHistory;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestLifecycles;
import io.millrace.tidy.Checkout;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the manual's page on lifecycles at its word. */
class LifecyclesPageTest {
  private static final String PAGE = Checkout.read("docs/lifecycles.md");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\d\\d:\\d\\d) `([a-z.]+)`(?:, status (\\w+))? \\| (.*) \\|$");

  @TempDir private Path directory;

  @Test
  void reportsOfTheSampleWhatThePageSays() {
    var yaml = YAML.matcher(PAGE);
    assertThat(yaml.find()).isTrue();
    var tracker = new StageTracker(TestLifecycles.read(directory, yaml.group(1)).all().getFirst());
    Optional<StageHistory> history = Optional.empty();
    List<String> reported = new ArrayList<>();

    List<MatchResult> rows = ROW.matcher(PAGE).results().toList();
    for (MatchResult row : rows) {
      var outcome = tracker.add(history, event(row).build()).orElseThrow();
      history = Optional.of(outcome.history());
      reported.add(
          outcome.changes().stream()
              .map(LifecyclesPageTest::said)
              .sorted((one, other) -> order(one) - order(other))
              .collect(Collectors.joining("; ")));
    }

    assertThat(reported).isEqualTo(rows.stream().map(row -> row.group(4)).toList()).hasSize(5);
  }

  @Test
  void namesEveryVerdict() {
    for (StageVerdict verdict : StageVerdict.values()) {
      assertThat(PAGE).contains("| `" + verdict + "` | ");
    }
  }

  @Test
  void statesTheLimits() {
    assertThat(PAGE)
        .contains("the latest " + StageTracker.MAX_MARKS + " events")
        .contains("longer than " + StageTracker.MAX_VALUE + " characters");
  }

  /** The page tells what is new first. */
  private static int order(String said) {
    return said.startsWith(StageTracker.DETECTED) ? 0 : 1;
  }

  private static TestEvent event(MatchResult row) {
    long at = LocalTime.parse(row.group(1)).toSecondOfDay() * 1_000L;
    var event = TestEvent.of(row.group(2), "ticket/T-1").id(row.group(1)).at(at);
    return row.group(3) == null ? event : event.data("status", row.group(3));
  }

  private static String said(StageChange change) {
    return "%s %s %s to %s%s"
        .formatted(
            change.getStatus(),
            change.getVerdict(),
            change.getFromStage().orElse("nothing"),
            change.getToStage().orElse("nothing"),
            change.getSkipped().isEmpty()
                ? ""
                : ", past " + String.join(", ", change.getSkipped()));
  }
}
