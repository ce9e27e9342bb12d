package io.millrace.flow.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flow.EngagementRules;
import io.millrace.flow.engagement.Activities;
import io.millrace.flow.engagement.Activity;
import io.millrace.flow.engagement.ContextRules;
import io.millrace.yaml.InvalidFileException;
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
            InvalidFileException.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(fault -> fault.toString().replace(directory + "/", ""))
                    .containsExactly(
                        "usage.yaml:2: usage: Weekly is not a name; write lower-case words"
                            + " with hyphens, as in pricing-visit",
                        "usage.yaml:2: activity: unknown is not declared; use one of first,"
                            + " product-use, second",
                        "usage.yaml:2: within: 7d cannot be used; write an ISO 8601 duration"
                            + " from PT0S to P3660D",
                        "usage.yaml:2: upTo: 1 cannot be used; write a whole number from 2 to"
                            + " 1000",
                        "usage.yaml:3: within cannot be combined with steps; remove one of them:"
                            + " a rule counts either an activity or steps",
                        "usage.yaml:3: steps: first is listed twice; keep one of them",
                        "usage.yaml:3: steps: third is not declared; use one of first,"
                            + " product-use, second",
                        "usage.yaml:4: usage: start is declared twice; rename or remove one",
                        "usage.yaml:4: the key description is missing; add it, as in"
                            + " description: Uses within a week",
                        "usage.yaml:4: steps names nothing; name at least one, as in steps:"
                            + " [first-step, second-step]",
                        "usage.yaml:4: the key colour is unknown; use one of activity,"
                            + " description, remember, upTo, within"));
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
