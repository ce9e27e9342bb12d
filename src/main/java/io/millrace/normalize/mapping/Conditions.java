package io.millrace.normalize.mapping;

import io.millrace.model.Glob;
import io.millrace.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code where:} of a row or a rule: texts found by expressions must match. */
final class Conditions {
  private Conditions() {}

  static Map<Expression, Glob> read(Section section) {
    Map<Expression, Glob> where = new LinkedHashMap<>();
    section
        .valuesByName("where")
        .forEach(
            (path, text) ->
                section
                    .parsed("where", path, Expression::parse)
                    .ifPresent(expression -> where.put(expression, Glob.of(text))));
    return where;
  }

  /** Whether all of them hold; a value that is missing matches nothing. */
  static boolean hold(Map<Expression, Glob> where, Scope scope) {
    for (Map.Entry<Expression, Glob> condition : where.entrySet()) {
      Optional<String> text = condition.getKey().text(scope);
      if (text.isEmpty() || !condition.getValue().matches(text.get())) {
        return false;
      }
    }
    return true;
  }
}
