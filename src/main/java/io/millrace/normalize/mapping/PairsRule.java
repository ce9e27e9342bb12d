package io.millrace.normalize.mapping;

import io.millrace.yaml.Section;
import java.util.Optional;

/**
 * Fields that come as pairs of a name and a value instead of as members: a changed property, the
 * answers of a form.
 *
 * @param items the list of pairs; the element itself is the only pair where absent
 * @param name where a pair has its name
 * @param value where a pair has its value; a pair without one clears the field
 */
record PairsRule(Optional<FieldPath> items, Expression name, Expression value) {

  static PairsRule read(Section section) {
    Optional<FieldPath> items = section.parsed("items", FieldPath::parse);
    return new PairsRule(
        items, Expression.required(section, "name"), Expression.required(section, "value"));
  }
}
