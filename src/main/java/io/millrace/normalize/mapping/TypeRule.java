package io.millrace.normalize.mapping;

import io.millrace.model.Glob;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table from a sender's types to canonical ones; the first row that fits counts.
 *
 * @param from the sender's types it is for
 * @param where further conditions: the text found by an expression must match
 * @param to the canonical type; the sender's noun.verb if absent
 * @param record the record the event is about, if it is not the provider's usual one
 */
record TypeRule(
    List<Glob> from,
    Map<Expression, Glob> where,
    Optional<NameTemplate> to,
    Optional<RecordRule> record) {

  TypeRule {
    from = List.copyOf(from);
    where = Map.copyOf(where);
  }

  boolean fits(TypeName type, Scope scope) {
    return isFrom(type.sent()) && Conditions.hold(where, scope);
  }

  private boolean isFrom(String sent) {
    for (Glob glob : from) {
      if (glob.matches(sent)) {
        return true;
      }
    }
    return false;
  }

  static TypeRule read(Section section) {
    List<Glob> from =
        section.requiredTexts("from", "[invoice.paid]").stream().map(Glob::of).toList();
    return new TypeRule(
        from,
        Conditions.read(section),
        section.parsed("to", NameTemplate::parse),
        RecordRule.read(section, "record"));
  }
}
