package io.millrace.flow.expression;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.event.Event;
import io.millrace.flow.testing.EngagementEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventConditionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event_type == 'form.submitted'",
        "source == 'site'",
        "record.type == 'person' && record.id == 'ann@example.com'",
        "data.form == 'demo'",
        "data['first name'] == 'Ann'",
        "int(data.seats) >= 50",
        "data.message.contains('enterprise')",
        "data.message.matches('(?i)ENTER.*needs')",
        "has(data.form) && !has(data.path)",
        "data.exists(field, data[field] == 'demo')",
        "data.path == '/demo' || data.form == 'demo'",
        "timestamp(data.at) > timestamp('2026-01-01T00:00:00Z')",
        "data.form in ['demo', 'trial']",
      })
  void holds(String expression) {
    assertThat(holds(expression, demo())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.path == '/demo'",
        "!(data.path == '/demo')",
        "data.cleared == ''",
        "has(data.cleared)",
        "int(data.form) > 1",
        "timestamp(data.form) > timestamp('2026-01-01T00:00:00Z')",
        "1 / (size(data.form) - 4) > 0",
        "9223372036854775807 + int(data.seats) > 0",
        "data.message.matches('^enterprise$')",
        "previous.form == 'demo'",
      })
  void doesNotHoldWhereTheEventHasNoAnswer(String expression) {
    assertThat(holds(expression, demo())).isFalse();
  }

  @Test
  void isNotSlowedDownByAnyText() {
    // Takes for ever where a regular expression is tried in every way.
    Map<String, String> long50k = Map.of("url", "x".repeat(50_000));

    assertThat(holds("data.url.matches('^(x+x+)+y$')", long50k)).isFalse();
    assertThat(holds("data.url.matches('^(x|y)*$')", long50k)).isTrue();
  }

  @Test
  void endsAnExpressionThatGoesRoundTooOften() {
    Map<String, String> many = new HashMap<>();
    IntStream.range(0, 200).forEach(index -> many.put("field" + index, "x"));

    assertThatThrownBy(() -> holds("data.all(a, data.all(b, a + b != ''))", many))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Iteration budget exceeded");
  }

  @Test
  void tellsAllThatIsWrong() {
    assertThat(faults("dta.path == 'x' && event_type == 1"))
        .hasSize(2)
        .contains("line 1, column 1: undeclared reference to 'dta'")
        .anyMatch(
            fault ->
                fault.startsWith(
                    "line 1, column 31: found no matching overload for '_==_' applied to"
                        + " '(string, int)'"));
    assertThat(faults("data.path ==").getFirst()).startsWith("line 1, column 13: mismatched input");
    assertThat(faults("data.path")).containsExactly("must be bool, not string");
    assertThat(faults("record.typ == 'x'").getFirst()).contains("undeclared reference");
    assertThat(faults("data.path.matches('(')")).containsExactly("matches: missing closing ): (");
    assertThat(faults("data.path.matches(data.form)"))
        .containsExactly("matches needs its regular expression as a quoted text");
    assertThat(faults("data.map(field, field).size() > 0").getFirst()).contains("undeclared");
    assertThat(faults("data.a == '" + "x".repeat(2_000) + "'").getFirst())
        .contains("expression code point size exceeds limit");
  }

  private static List<String> faults(String expression) {
    return catchThrowableOfType(
            InvalidExpressionException.class, () -> EventCondition.of(expression))
        .faults();
  }

  private static boolean holds(String expression, Map<String, String> data) {
    Event event = EngagementEvents.event("ann@example.com", "e1", "form.submitted", NOON, data);
    return EventCondition.of(expression).holds(new EventView(event));
  }

  private static Map<String, String> demo() {
    Map<String, String> data = new HashMap<>();
    data.put("form", "demo");
    data.put("first name", "Ann");
    data.put("seats", "120");
    data.put("message", "our enterprise needs");
    data.put("at", "2026-02-01T00:00:00Z");
    data.put("cleared", null);
    return data;
  }
}
