package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngagementRulesTest {
  private static final String ACTIVITIES =
      "activities: [{activity: visit, description: d, events: [page.viewed]}]\n";
  private static final String SIGNALS =
      "signals: [{signal: keen, description: d, activity: visit, count: 3, within: PT24H}]\n";
  private static final String SCORING =
      "{model: m, version: 1, min: 0, max: 10, rules: [{rule: r, activity: visit, points: 1}]}\n";

  @TempDir private Path directory;

  @Test
  void readsTheRulesThatAreDeployed() {
    EngagementRules rules = EngagementRules.load(Path.of("topology", "rules"));

    assertThat(rules.activities().all()).extracting(Activity::name).contains("pricing-visit");
    SignalRule signal = rules.signals().getFirst();
    assertThat(signal.count()).isEqualTo(3);
    assertThat(signal.within()).isEqualTo(Duration.ofHours(24));
    assertThat(signal.remember()).isEqualTo(Duration.ofDays(7));
    assertThat(rules.scoring().title()).isEqualTo("lead-score/2");
  }

  @Test
  void givesTheModelsHalfLifeToRulesWithoutTheirOwn() throws IOException {
    write(
        ACTIVITIES,
        SIGNALS,
        """
        model: m
        version: 1
        min: 0
        max: 10
        halfLife: P30D
        rules:
          - {rule: a, activity: visit, points: 1}
          - {rule: b, activity: "signal:keen", points: -1.5, cap: 9, halfLife: P5D}
        """);

    assertThat(EngagementRules.load(directory).scoring().rules())
        .extracting(rule -> rule.halfLife().orElseThrow().toDays())
        .containsExactly(30L, 5L);
  }

  @Test
  void reportsEveryFaultOfAllFiles() throws IOException {
    write(
        """
        activities:
          - {activity: Visit!, events: [Page Viewed], colour: red}
          - activity: open
            description: d
            events: [email.opened]
            when: path.startsWith("/pricing")
          - {activity: open, description: d, events: []}
        """,
        """
        signals:
          - {signal: s, description: d, activity: gone, count: 0, within: a day, remember: PT1H}
        """,
        """
        {model: m, version: 1, min: 10, max: 5, rules: [
          {rule: r, activity: "signal:gone", points: 0, cap: -5, halfLife: PT0S}, 7]}
        """);

    assertThat(faults())
        .contains(
            "activities.yaml: activities[0].colour: is not known here; known are activity,"
                + " description, events, when",
            "activities.yaml: activities[0].description: must be a text",
            "activities.yaml: activities[0].activity: 'Visit!' must be lower-case words with"
                + " hyphens, such as pricing-visit",
            "activities.yaml: activities[0].events: 'Page Viewed' must be a type such as"
                + " page.viewed or page.*",
            "activities.yaml: activities[1].when: line 1, column 1: undeclared reference to"
                + " 'path'",
            "activities.yaml: activities[2].events: must be a list of at least one text",
            "activities.yaml: activity 'open' is declared twice",
            "signals.yaml: signals[0].count: must be a whole number from 1 to 500",
            "signals.yaml: signals[0].within: must be a duration of at most ten years, such as"
                + " PT24H or P7D",
            "signals.yaml: signals[0].activity: 'gone' is not declared; declared are Visit!, open",
            "scoring.yaml: rules[0].activity: 'signal:gone' is not declared; declared are Visit!,"
                + " open, signal:s",
            "scoring.yaml: rules[0].points: must be a number other than 0, at most a million"
                + " either way",
            "scoring.yaml: rules[0].cap: must be more than 0: it limits what is added and what is"
                + " taken",
            "scoring.yaml: rules[0].halfLife: must be more than nothing",
            "scoring.yaml: rules[1]: must be a mapping with the keys rule, activity, when, points,"
                + " cap, halfLife",
            "scoring.yaml: max: 5 must be more than min, 10");
  }

  @Test
  void readsConditionsPointsAndThresholds() throws IOException {
    write(
        ACTIVITIES,
        SIGNALS,
        """
        model: m
        version: 1
        min: -10
        max: 100
        halfLife: P30D
        rules:
          - {rule: a, activity: visit, points: "2 * days('visit', 7)"}
          - {rule: b, when: "count('signal:keen') > 0", points: 5}
          - {rule: c, activity: visit, when: "count('visit', 30) > 2", points: 1}
        thresholds:
          - {threshold: hot, at: 90, raises: lead.hot}
          - {threshold: warm, at: 60, again: 40, raises: lead.qualified}
        """);

    ScoringModel model = EngagementRules.load(directory).scoring();

    assertThat(model.rules().get(0).points()).isInstanceOf(Points.Formula.class);
    assertThat(model.rules().get(1).activity()).isEmpty();
    assertThat(model.rules().get(1).halfLife()).isEmpty();
    assertThat(model.rules().get(2).when()).isPresent();
    assertThat(model.thresholds())
        .containsExactly(
            new Threshold("warm", 60, 40, "lead.qualified"),
            new Threshold("hot", 90, 90, "lead.hot"));
    assertThat(EngagementRules.load(directory).candidate()).isEmpty();
  }

  @Test
  void reportsEveryFaultOfExpressionsAndThresholds() throws IOException {
    write(
        ACTIVITIES,
        SIGNALS,
        """
        model: m
        version: 1
        min: 0
        max: 100
        rules:
          - {rule: a, points: 1}
          - {rule: b, when: count('gone') > 0, points: "days('visit', 500)", halfLife: P1D}
          - {rule: c, when: count('visit'), points: count('visit') > 1, cap: -1}
          - {rule: d, when: "count('visit' > 1", points: 1}
        thresholds:
          - {threshold: t, at: 0, raises: lead.*}
          - {threshold: t, at: 50, again: 51, raises: Lead Qualified}
        """);

    assertThat(faults())
        .contains(
            "scoring.yaml: rules[0].rule: needs an activity, or when, or both",
            "scoring.yaml: rules[1].halfLife: belongs to an activity; without one, points last as"
                + " long as when",
            "scoring.yaml: rules[1].when: 'gone' is not declared; declared are signal:keen, visit",
            "scoring.yaml: rules[1].points: days needs a whole number of days from 1 to 400",
            "scoring.yaml: rules[2].when: must be bool, not int",
            "scoring.yaml: rules[2].points: must be double or int, not bool",
            "scoring.yaml: thresholds[0].at: must be a whole number from 1 to 100",
            "scoring.yaml: thresholds[0].raises: 'lead.*' must be an event type such as"
                + " lead.qualified",
            "scoring.yaml: thresholds[1].again: must be a whole number from 1 to 50",
            "scoring.yaml: thresholds[1].raises: 'Lead Qualified' must be an event type such as"
                + " lead.qualified",
            "scoring.yaml: threshold 't' is declared twice")
        .anyMatch(fault -> fault.startsWith("scoring.yaml: rules[3].when: line 1, column 18: "))
        .hasSize(13);
  }

  @Test
  void readsACandidateWhereThereIsOne() throws IOException {
    write(ACTIVITIES, SIGNALS, SCORING);
    Path candidate = directory.resolve("scoring-candidate.yaml");
    Files.writeString(candidate, SCORING.replace("version: 1", "version: 2"));
    assertThat(EngagementRules.load(directory).candidate().orElseThrow().title()).isEqualTo("m/2");

    Files.writeString(candidate, SCORING.replace("points: 1", "points: x"));
    assertThat(faults())
        .containsExactly(
            "scoring-candidate.yaml: rules[0].points: line 1, column 1: undeclared reference to"
                + " 'x'",
            "scoring-candidate.yaml: model and version are those of scoring.yaml; the topic tells"
                + " the two apart by them");
  }

  @Test
  void saysWhichFileIsMissingOrNotYaml() throws IOException {
    write(ACTIVITIES, "signals: [", SCORING);
    Files.delete(directory.resolve("activities.yaml"));

    assertThat(faults()).anyMatch(fault -> fault.startsWith("activities.yaml: cannot be read at"));
    assertThat(faults()).anyMatch(fault -> fault.startsWith("signals.yaml: is not YAML"));
  }

  @Test
  void refusesAPatternLongerThanItIsRemembered() throws IOException {
    write(ACTIVITIES, SIGNALS.replace("PT24H", "P8D"), SCORING);

    assertThat(faults())
        .containsExactly(
            "signals.yaml: signals[0].remember: PT168H must not be shorter than within, PT192H");
  }

  @Test
  void refusesAKeyThatIsGivenTwice() throws IOException {
    write(ACTIVITIES, SIGNALS, SCORING.replace("min: 0", "min: 0, min: 1"));

    assertThat(faults().getFirst()).startsWith("scoring.yaml: is not YAML").contains("min");
  }

  private List<String> faults() {
    InvalidRulesException invalid =
        catchThrowableOfType(InvalidRulesException.class, () -> EngagementRules.load(directory));
    return invalid.faults();
  }

  private void write(String activities, String signals, String scoring) throws IOException {
    Files.writeString(directory.resolve("activities.yaml"), activities);
    Files.writeString(directory.resolve("signals.yaml"), signals);
    Files.writeString(directory.resolve("scoring.yaml"), scoring);
  }
}
