package io.millrace.source;

import io.millrace.rule.RecordTypes;
import java.util.Optional;

/**
 * Which record an event is about. {@code record: person} in YAML makes it engagement; {@code
 * record: {type: payment, id: data.object.id}} names both parts, and what it leaves out is taken
 * from the provider's own {@code record}.
 */
record RecordRule(Optional<NameTemplate> type, Optional<Expression> id) {
  static RecordRule read(Section section) {
    return new RecordRule(section.name("type"), section.expression("id"));
  }

  /** Whether what it is for is always about a person. */
  boolean isPerson() {
    return type.filter(name -> name.written().equals(RecordTypes.PERSON)).isPresent();
  }
}
