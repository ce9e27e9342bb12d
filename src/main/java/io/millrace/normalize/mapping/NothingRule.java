package io.millrace.normalize.mapping;

import io.millrace.model.Glob;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One kind of delivery, or of element in a batch, that reports nothing: a ping, a heartbeat, an
 * empty page. An entry has to declare it; whatever else yields no event is a dead letter. Both
 * conditions must hold where both are given.
 *
 * @param what its name, for the metric and the reports: {@code ping}
 * @param empty a list in the body that is present and has no element
 * @param where the text found by an expression must match
 */
public record NothingRule(String what, Optional<FieldPath> empty, Map<Expression, Glob> where) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  public NothingRule {
    where = Map.copyOf(where);
  }

  /**
   * Whether the element is of this kind.
   *
   * @param scope the element; the body itself where a batch has no element
   */
  boolean holds(Scope scope) {
    return empty.map(path -> isEmptyList(path.all(scope.body()))).orElse(true)
        && Conditions.hold(where, scope);
  }

  private static boolean isEmptyList(List<Json> found) {
    return !found.isEmpty()
        && found.stream()
            .allMatch(value -> value instanceof Json.Items list && list.elements().isEmpty());
  }

  static NothingRule read(Section section) {
    String what = section.requiredText("what", "ping").orElse("?");
    Optional<FieldPath> empty = section.parsed("empty", FieldPath::parse);
    Map<Expression, Glob> where = Conditions.read(section);
    if (!NAME.matcher(what).matches() && section.has("what")) {
      section.fault(
          "what",
          "what: " + what + " is not a name",
          "use at most 40 lower-case letters, digits and dashes, as in what: ping");
    }
    if (!section.has("empty") && where.isEmpty()) {
      section.fault(
          "every delivery would report nothing", "add where: or empty: to distinguish these");
    }
    where.keySet().stream()
        .filter(Expression::readsData)
        .forEach(
            path ->
                section.fault(
                    "where",
                    path + " is not known before the event's data is",
                    "use the path that the sender uses"));
    return new NothingRule(what, empty, where);
  }
}
