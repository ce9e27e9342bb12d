package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageRulesTest {
  private static final Activities ACTIVITIES =
      new Activities(List.of(activity("product-use"), activity("first"), activity("second")));

  @TempDir private Path directory;

  @Test
  void readsTimesAndSteps() throws IOException {
    UsageRules rules =
        load(
            """
            usages:
              - {usage: weekly, description: Weekly, activity: product-use, within: P7D}
              - {usage: often, description: Often, activity: first, within: PT1H, upTo: 5, remember: P1D}
              - {usage: start, description: Start, steps: [first, second]}
            """);

    assertThat(rules.all())
        .containsExactly(
            new UsageRule.Times(
                "weekly", "Weekly", "product-use", Duration.ofDays(7), 100, Duration.ofDays(7)),
            new UsageRule.Times(
                "often", "Often", "first", Duration.ofHours(1), 5, Duration.ofDays(1)),
            new UsageRule.Steps("start", "Start", List.of("first", "second")));
  }

  @Test
  void tellsEveryFaultAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    usages:
                      - {usage: Weekly, description: Weekly, activity: unknown, within: 7d, upTo: 1}
                      - {usage: start, description: Start, steps: [first, first, third], within: P1D}
                      - {usage: start, steps: [], colour: red}
                    """))
        .isInstanceOfSatisfying(
            InvalidRulesException.class,
            invalid ->
                assertThat(invalid.faults())
                    .containsExactly(
                        "usage.yaml: usages[2].colour: is not known here; known are usage,"
                            + " description, activity, within, upTo, remember, steps",
                        "usage.yaml: usages[0].usage: 'Weekly' must be lower-case words with"
                            + " hyphens, such as pricing-visit",
                        "usage.yaml: usages[0].activity: 'unknown' is not declared; declared are"
                            + " first, product-use, second",
                        "usage.yaml: usages[0].within: must be a duration of at most ten years,"
                            + " such as PT24H or P7D",
                        "usage.yaml: usages[0].upTo: must be a whole number from 2 to 1000",
                        "usage.yaml: usages[1].within: does not go with steps: either an activity"
                            + " is counted or steps are",
                        "usage.yaml: usages[1].steps: 'first' is there twice",
                        "usage.yaml: usages[1].steps: 'third' is not declared; declared are first,"
                            + " product-use, second",
                        "usage.yaml: usages[2].description: must be a text",
                        "usage.yaml: usages[2].steps: must be a list of at least one text",
                        "usage.yaml: usage 'start' is declared twice"));
  }

  @Test
  void doesWithoutFilesThatAFolderOfAnOlderReleaseDoesNotHave() {
    assertThat(UsageRules.load(directory, ACTIVITIES).all()).isEmpty();
    assertThat(ContextRules.load(directory).all()).isEmpty();
  }

  @Test
  void readsTheDeployedFile() {
    Path deployed = Path.of("topology", "rules");

    UsageRules rules = UsageRules.load(deployed, EngagementRules.load(deployed).activities());

    assertThat(rules.all()).extracting(UsageRule::name).containsExactly("weekly-use", "onboarding");
  }

  private UsageRules load(String yaml) throws IOException {
    Files.writeString(directory.resolve("usage.yaml"), yaml);
    return UsageRules.load(directory, ACTIVITIES);
  }

  private static Activity activity(String name) {
    return new Activity(name, name, List.of("a.b"), Optional.empty());
  }
}
