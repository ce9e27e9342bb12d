package io.millrace.normalize.mapping;

import io.millrace.model.RecordTypes;
import io.millrace.yaml.Section;
import java.util.Optional;

/**
 * Which record an event is about. {@code record: person} in YAML makes it engagement; {@code
 * record: {type: payment, id: data.object.id}} names both parts, and omitted parts are taken from
 * the provider's own {@code record}.
 *
 * @param system the system that gave the id; empty: the source's own
 */
public record RecordRule(
    Optional<NameTemplate> type, Optional<Expression> id, Optional<String> system) {
  /** The rule under a key: a mapping with type and id, or just the type. */
  static Optional<RecordRule> read(Section section, String key) {
    if (section.isText(key)) {
      return section
          .parsed(key, NameTemplate::parse)
          .map(type -> new RecordRule(Optional.of(type), Optional.empty(), Optional.empty()));
    }
    return section
        .section(key)
        .map(
            rule ->
                new RecordRule(
                    rule.parsed("type", NameTemplate::parse),
                    rule.parsed("id", Expression::parse),
                    IdRule.system(rule)));
  }

  /** Whether its events are always about a person. */
  boolean isPerson() {
    return type.filter(name -> name.written().equals(RecordTypes.PERSON)).isPresent();
  }
}
