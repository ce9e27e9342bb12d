package io.millrace.normalize.field;

import io.millrace.yaml.Section;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of an event with a bad field. */
public enum FieldPolicy {
  /** The value stays as sent. */
  KEEP,
  /** The event no longer mentions the field, so that a record keeps the value it has. */
  OMIT,
  /** The event says that the field has no value, and clears that of its record. */
  NULL,
  /** The event is set aside as a dead letter. */
  REFUSE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@code bad}; a policy that is none of the allowed is a fault. */
  static Optional<FieldPolicy> read(Section section, List<FieldPolicy> allowed) {
    // YAML reads an unquoted null as no value at all, which is just what the word says here.
    if (section.isNull("bad") && allowed.contains(NULL)) {
      return Optional.of(NULL);
    }
    return section.choice(
        "bad", allowed.stream().collect(Collectors.toMap(FieldPolicy::word, Function.identity())));
  }
}
