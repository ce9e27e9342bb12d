package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flow.engagement.Activity;
import io.millrace.flow.score.Points;
import io.millrace.flow.score.ScoringModel;
import io.millrace.flow.score.Threshold;
import io.millrace.flow.signal.SignalRule;
import io.millrace.yaml.InvalidFileException;
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
        .containsExactly(
            "activities.yaml:2: activity: Visit! is not a name; write lower-case"
                + " words with hyphens, as in pricing-visit",
            "activities.yaml:2: the key description is missing; add it, as in"
                + " description: looked at any page",
            "activities.yaml:2: events: Page Viewed is not an event type; write it"
                + " as in page.viewed or page.*",
            "activities.yaml:2: the key colour is unknown; use one of description," + " when",
            "activities.yaml:6: when: path.startsWith(\"/pricing\") cannot be"
                + " read: line 1, column 1: undeclared reference to 'path'; correct it",
            "activities.yaml:7: activity: open is declared twice; rename or remove" + " one",
            "activities.yaml:7: events names nothing; name at least one, as in"
                + " events: [page.viewed]",
            "scoring.yaml:1: max, 5, is not greater than min, 10; raise it",
            "scoring.yaml:2: an item of rules is not a section; write keys and"
                + " values below it",
            "scoring.yaml:2: activity: signal:gone is not declared; use one of"
                + " Visit!, open, signal:s",
            "scoring.yaml:2: halfLife: PT0S cannot be used; write an ISO 8601"
                + " duration from PT1S to P3660D",
            "scoring.yaml:2: points: 0 cannot be used; write a number other than"
                + " 0 between -1000000 and 1000000",
            "scoring.yaml:2: cap is less than 0; make it positive: it limits" + " both directions",
            "signals.yaml:2: activity: gone is not declared; use one of Visit!," + " open",
            "signals.yaml:2: count: 0 cannot be used; write a whole number from 1" + " to 500",
            "signals.yaml:2: within: a day cannot be used; write an ISO 8601"
                + " duration from PT0S to P3660D");
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
        .containsExactly(
            "scoring.yaml:6: the rule has neither activity nor when; add one of" + " them, or both",
            "scoring.yaml:7: halfLife has no effect without an activity; remove it: without"
                + " an activity, points last as long as when is true",
            "scoring.yaml:7: when: count('gone') > 0 cannot be read: 'gone' is not"
                + " declared, use one of signal:keen, visit; correct it",
            "scoring.yaml:7: points: days('visit', 500) cannot be read: days needs"
                + " a whole number of days from 1 to 400; correct it",
            "scoring.yaml:8: when: count('visit') cannot be read: must be bool,"
                + " not int; correct it",
            "scoring.yaml:8: points: count('visit') > 1 cannot be read: must be"
                + " double or int, not bool; correct it",
            "scoring.yaml:8: cap is less than 0; make it positive: it limits" + " both directions",
            "scoring.yaml:9: when: count('visit' > 1 cannot be read: line 1,"
                + " column 18: missing ')' at '<EOF>'; correct it",
            "scoring.yaml:11: at: 0 cannot be used; write a whole number from 1 to" + " 100",
            "scoring.yaml:11: raises: lead.* is not an event type; write it as in"
                + " lead.qualified",
            "scoring.yaml:12: threshold: t is declared twice; rename or remove one",
            "scoring.yaml:12: again: 51 cannot be used; write a whole number from" + " 1 to 50",
            "scoring.yaml:12: raises: Lead Qualified is not an event type; write"
                + " it as in lead.qualified");
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
            "scoring-candidate.yaml: model and version are the same as in scoring.yaml;"
                + " change one of them: the topic distinguishes the models by them",
            "scoring-candidate.yaml:1: points: x cannot be read: line 1, column 1:"
                + " undeclared reference to 'x'; correct it");
  }

  @Test
  void saysWhichFileIsMissingOrNotYaml() throws IOException {
    write(ACTIVITIES, "signals: [", SCORING);
    Files.delete(directory.resolve("activities.yaml"));

    assertThat(faults())
        .containsExactly(
            "activities.yaml: it cannot be read; create it, and check that it is"
                + " UTF-8 text and that its permissions allow it",
            "scoring.yaml:1: activity: visit is not declared; declare it first",
            "signals.yaml:1: it is not YAML: while parsing a flow node; correct" + " the syntax");
  }

  @Test
  void refusesAPatternLongerThanItIsRemembered() throws IOException {
    write(ACTIVITIES, SIGNALS.replace("PT24H", "P8D"), SCORING);

    assertThat(faults())
        .containsExactly(
            "signals.yaml:1: remember, PT168H, is shorter than within, PT192H;"
                + " make remember at least as long");
  }

  @Test
  void refusesAKeyThatIsGivenTwice() throws IOException {
    write(ACTIVITIES, SIGNALS, SCORING.replace("min: 0", "min: 0, min: 1"));

    assertThat(faults())
        .containsExactly("scoring.yaml:1: the key min appears twice; keep one of them");
  }

  private List<String> faults() {
    InvalidFileException invalid =
        catchThrowableOfType(InvalidFileException.class, () -> EngagementRules.load(directory));
    return invalid.faults().stream()
        .map(fault -> fault.toString().replace(directory + "/", ""))
        .toList();
  }

  private void write(String activities, String signals, String scoring) throws IOException {
    Files.writeString(directory.resolve("activities.yaml"), activities);
    Files.writeString(directory.resolve("signals.yaml"), signals);
    Files.writeString(directory.resolve("scoring.yaml"), scoring);
  }
}
