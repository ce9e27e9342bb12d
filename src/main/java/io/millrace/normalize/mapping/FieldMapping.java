package io.millrace.normalize.mapping;

import io.millrace.model.Glob;
import io.millrace.normalize.field.FieldRule;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a source's mapping table.
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
public record FieldMapping(
    String from,
    Optional<Expression> path,
    String to,
    Optional<String> owner,
    Missing missing,
    Optional<String> value,
    List<Glob> on,
    Optional<FieldRule.Adjustment> adjustment) {

  /** What happens to a field that an event does not mention. */
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

  public FieldMapping {
    on = List.copyOf(on);
  }

  boolean isFor(String eventType) {
    return on.isEmpty() || on.stream().anyMatch(glob -> glob.matches(eventType));
  }

  static FieldMapping read(Section section) {
    String from = section.requiredText("from", "company").orElse("");
    // A plain name is a field of the data; only other paths are looked up elsewhere.
    boolean isPath = from.matches(".*[.:\\[|+@'].*");
    Optional<Expression> path =
        isPath ? section.parsed("from", from, Expression::parse) : Optional.empty();
    Missing missing = missing(section);
    Optional<String> value = section.verbatim("default");
    boolean hasDefault = section.has("default");
    if (missing == Missing.DEFAULT && !hasDefault) {
      section.fault("missing", "missing: default has no default value", "add default: VALUE");
    } else if (missing != Missing.DEFAULT && hasDefault) {
      section.fault(
          "default", "default has no effect without missing: default", "add missing: default");
    }
    return new FieldMapping(
        from,
        path,
        section.requiredText("to", "company").orElse(""),
        section.text("owner"),
        missing,
        value,
        section.parsedTexts("on", Glob::of),
        FieldRule.readAdjustment(section));
  }

  private static Missing missing(Section section) {
    // YAML reads an unquoted null as no value, which is the meaning of the word here.
    return section.isNull("missing")
        ? Missing.NULL
        : section.choice("missing", Missing.class).orElse(Missing.KEEP);
  }
}
