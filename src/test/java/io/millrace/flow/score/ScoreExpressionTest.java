package io.millrace.flow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flow.expression.InvalidExpressionException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScoreExpressionTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
  private static final Set<String> COUNTABLE = Set.of("visit", "open", "signal:keen");

  private final ActivityCounts counts = new ActivityCounts(TODAY);

  @BeforeEach
  void happen() {
    counts.add("visit", TODAY, 2);
    counts.add("visit", TODAY.minusDays(3), 1);
    counts.add("open", TODAY.minusDays(6), 4);
    counts.add("signal:keen", TODAY.minusDays(30), 1);
  }

  @Test
  void asksWhatAPersonDidLately() {
    assertThat(holds("days('visit', 7) >= 1 && days('open', 7) >= 1")).isTrue();
    assertThat(holds("days('visit', 7) >= 1 && days('open', 6) >= 1")).isFalse();
    assertThat(holds("count('visit') == 3 && days('visit', 4) == 2")).isTrue();
    assertThat(holds("count('signal:keen', 400) > 0")).isTrue();
  }

  @Test
  void reckonsPoints() {
    assertThat(number("2 * count('visit')")).isEqualTo(6);
    assertThat(number("0.5 * double(count('visit', 1))")).isEqualTo(1);
    assertThat(number("count('open') > 3 ? 10 : 5")).isEqualTo(10);
  }

  @Test
  void hasNoNumberWhereItCannotBeReckoned() {
    assertThat(points("1 / count('visit', 1) / (count('open', 1) - 0)")).isZero();
    assertThat(points("1.0 / double(count('open', 1))")).isZero();
    assertThat(points("0.0 / double(count('open', 1))")).isZero();
    assertThat(points("9223372036854775807 * count('visit')")).isZero();
    assertThat(holds("1 / count('open', 1) > 0")).isFalse();
  }

  @Test
  void givesAMillionAtMost() {
    assertThat(points("1000000000 * count('visit')")).isEqualTo(1_000_000);
    assertThat(points("-1000000000.5 * double(count('visit'))")).isEqualTo(-1_000_000);
  }

  @Test
  void tellsAllThatIsWrong() {
    assertThat(faults("count('visits') + days('gone', 0) > count('open', 401)"))
        .containsExactlyInAnyOrder(
            "'visits' is not declared, did you mean visit?",
            "'gone' is not declared, use one of open, signal:keen, visit",
            "days needs a whole number of days from 1 to 400",
            "count needs a whole number of days from 1 to 400");
    assertThat(faults("count('vis' + 'it') > 0"))
        .containsExactly("count needs the activity as a quoted text");
    assertThat(faults("count('visit', count('open')) > 0"))
        .containsExactly("count needs a whole number of days from 1 to 400");
    assertThat(faults("count('visit')")).containsExactly("must be bool, not int");
    assertThat(faults("count(7) > 0").getFirst()).contains("found no matching overload");
    assertThat(faults("now() > 1").getFirst()).contains("undeclared reference to 'now'");
  }

  private boolean holds(String expression) {
    return ScoreExpression.condition(expression, COUNTABLE).holds(counts);
  }

  private double number(String expression) {
    return ScoreExpression.number(expression, COUNTABLE).number(counts).orElseThrow();
  }

  private double points(String expression) {
    return new Points.Formula(ScoreExpression.number(expression, COUNTABLE)).of(counts);
  }

  private static List<String> faults(String expression) {
    return catchThrowableOfType(
            InvalidExpressionException.class,
            () -> ScoreExpression.condition(expression, COUNTABLE))
        .faults();
  }
}
