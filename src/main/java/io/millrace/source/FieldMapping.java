package io.millrace.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a source's mapping table.
 *
 * @param from the sender's field: a name within its data, or a path into the event
 * @param to the canonical field
 * @param owner who answers for the field; for people
 * @param missing what to do with an event that does not mention the field
 * @param value what to write where {@code missing} is {@code default}
 * @param on the canonical event types the line's {@code missing} is for; every type when empty. A
 *     default on every type would overwrite what an update does not mention.
 * @param adjustment what the canonical field is to hold, where the source knows better than the
 *     table of fields; on every type
 */
record FieldMapping(
    String from,
    Optional<Expression> path,
    String to,
    Optional<String> owner,
    Missing missing,
    Optional<String> value,
    List<Glob> on,
    Optional<FieldRule.Adjustment> adjustment) {

  /** What becomes of a field an event does not mention. */
  enum Missing {
    /** It stays unmentioned. */
    KEEP,
    /** It is cleared. */
    NULL,
    /** The event is refused. */
    REFUSE,
    /** It gets a value. */
    DEFAULT
  }

  FieldMapping {
    on = List.copyOf(on);
  }

  boolean isFor(String eventType) {
    return on.isEmpty() || on.stream().anyMatch(glob -> glob.matches(eventType));
  }

  static FieldMapping read(Section section) {
    String from = section.requiredText("from");
    // A plain name is a field of the data; only what could not be one is looked up elsewhere.
    boolean isPath = from.matches(".*[.:\\[|+@'].*");
    Optional<Expression> path =
        isPath ? section.parsed("from", from, Expression::parse) : Optional.empty();
    Missing missing = missing(section);
    Optional<String> value = section.text("default");
    if (missing == Missing.DEFAULT && value.isEmpty()) {
      section.fault("default", "is missing although missing is default");
    } else if (missing != Missing.DEFAULT && value.isPresent()) {
      section.fault("default", "has no effect unless missing is default");
    }
    return new FieldMapping(
        from,
        path,
        section.requiredText("to"),
        section.text("owner"),
        missing,
        value,
        section.texts("on").stream().map(Glob::of).toList(),
        FieldRule.readAdjustment(section));
  }

  private static Missing missing(Section section) {
    // YAML reads an unquoted null as no value at all, which is just what the word says here.
    if (section.isNull("missing")) {
      return Missing.NULL;
    }
    String word = section.text("missing").orElse("keep");
    Optional<Missing> missing =
        Arrays.stream(Missing.values())
            .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst();
    if (missing.isEmpty()) {
      section.fault("missing", "is '" + word + "'; it is one of keep, null, refuse, default");
    }
    return missing.orElse(Missing.KEEP);
  }
}
