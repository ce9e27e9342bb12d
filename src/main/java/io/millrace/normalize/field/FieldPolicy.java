package io.millrace.normalize.field;

import io.millrace.yaml.Section;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happens to an event with a bad field. */
public enum FieldPolicy {
  /** The value stays as sent. */
  KEEP,
  /** The event no longer mentions the field, so that a record keeps the value it has. */
  OMIT,
  /** The event states that the field has no value, which clears it in its record. */
  NULL,
  /** The event becomes a dead letter. */
  REFUSE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@code bad}; a policy that is not allowed here is a fault. */
  static Optional<FieldPolicy> read(Section section, List<FieldPolicy> allowed) {
    // YAML reads an unquoted null as no value, which is the meaning of the word here.
    if (section.isNull("bad") && allowed.contains(NULL)) {
      return Optional.of(NULL);
    }
    return section.choice(
        "bad", allowed.stream().collect(Collectors.toMap(FieldPolicy::word, Function.identity())));
  }
}
