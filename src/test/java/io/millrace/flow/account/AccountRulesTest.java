package io.millrace.flow.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.AccountMember;
import io.millrace.event.StandingSignals;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountRulesTest {
  private static final Set<String> SIGNALS = Set.of("pricing-interest", "setup");

  @TempDir private Path directory;

  @Test
  void readsTheRulesThatAreDeployed() {
    AccountRules rules = AccountRules.load(Path.of("topology", "rules"), SIGNALS);

    assertThat(rules.scoring().orElseThrow().title()).isEqualTo("account-score/1");
    assertThat(rules.scoring().orElseThrow().rules())
        .extracting(AccountRule::name)
        .containsExactly("asks-for-prices", "interested-people", "strongest-person");
    assertThat(rules.signals())
        .containsExactly(
            new AccountSignalRule(
                "buying-group",
                "Three people of the account looked at prices within a week",
                3,
                "pricing-interest",
                Duration.ofDays(7)));
  }

  @Test
  void needsNeitherFile() {
    assertThat(AccountRules.load(directory, SIGNALS)).isEqualTo(AccountRules.none());
  }

  @Test
  void reportsEveryFault() throws IOException {
    write(
        AccountRules.SCORING,
        """
        model: Account score
        version: 1
        min: 10
        max: 5
        rules:
          - {rule: both, take: highest, people: "score > 1", points: 1}
          - {rule: neither}
          - {rule: lowest, take: lowest}
          - {rule: no-points, people: "score > 1"}
          - {rule: unknown-signal, people: signal("pricing"), points: 1}
          - {rule: number, people: score + 1, points: 1}
          - {rule: nothing, take: sum, factor: 0}
        thresholds:
          - {threshold: qualified, at: 3, raises: Qualified}
        """);
    write(
        AccountRules.SIGNALS,
        """
        signals:
          - {signal: group, description: One, people: 1, with: pricing, within: a week}
        """);

    assertThatThrownBy(() -> AccountRules.load(directory, SIGNALS))
        .isInstanceOf(InvalidFileException.class)
        .message()
        .contains(
            "scoring.yaml:1: model: Account score is not a name",
            "scoring.yaml:4: max, 5, is not greater than min, 10",
            "scoring.yaml:6: the rule needs either people or take",
            "scoring.yaml:7: the rule needs either people or take",
            "scoring.yaml:8: take: lowest is not declared",
            "scoring.yaml:9: the key points is missing",
            "'pricing' is not declared",
            "must be bool, not int",
            "scoring.yaml:12: factor: 0 cannot be used",
            "write it as in account.qualified",
            "signals.yaml:2: people: 1 cannot be used",
            "signals.yaml:2: with: pricing is not declared",
            "signals.yaml:2: within: a week cannot be used");
  }

  @Test
  void conditionsSeeTheScoreAndTheSignals() {
    PersonCondition both = PersonCondition.of("score >= 40 && signal('setup')", SIGNALS);

    assertThat(both.holds(member(40, "setup"))).isTrue();
    assertThat(both.holds(member(39, "setup"))).isFalse();
    assertThat(both.holds(member(40, "pricing-interest"))).isFalse();
    assertThat(PersonCondition.of("1 / score > 0", SIGNALS).holds(member(0))).isFalse();
  }

  @Test
  void countsAgainAfterAChangeOfWhatIsCounted() throws IOException {
    write(
        AccountRules.SCORING,
        """
        {model: m, version: 1, min: 0, max: 9, rules: [{rule: a, people: score > 1, points: 1}]}
        """);
    String first = AccountRules.load(directory, SIGNALS).fingerprint();
    write(
        AccountRules.SCORING,
        """
        {model: m, version: 2, min: 0, max: 9, rules: [{rule: a, people: score > 1, points: 2}]}
        """);
    String otherPoints = AccountRules.load(directory, SIGNALS).fingerprint();
    write(
        AccountRules.SCORING,
        """
        {model: m, version: 3, min: 0, max: 9, rules: [{rule: a, people: score > 2, points: 2}]}
        """);
    String otherPeople = AccountRules.load(directory, SIGNALS).fingerprint();

    assertThat(otherPoints).isEqualTo(first);
    assertThat(otherPeople).isNotEqualTo(first);
  }

  private static AccountMember member(int score, String... signals) {
    return AccountMember.newBuilder()
        .setScore(score)
        .setSignals(
            List.of(signals).stream().map(name -> new StandingSignals(name, List.of())).toList())
        .build();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
