package io.millrace.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of an event with a bad field. */
enum FieldPolicy {
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
    Optional<String> word = section.isNull("bad") ? Optional.of(NULL.word()) : section.text("bad");
    Optional<FieldPolicy> policy =
        word.flatMap(
            said ->
                Arrays.stream(values())
                    .filter(known -> known.word().equals(said) && allowed.contains(known))
                    .findFirst());
    if (word.isPresent() && policy.isEmpty()) {
      List<String> words = allowed.stream().map(FieldPolicy::word).toList();
      section.fault("bad", "is '" + word.get() + "'; it is one of " + String.join(", ", words));
    }
    return policy;
  }
}
