package io.millrace.normalize.field;

import io.millrace.model.Glob;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code atLeastOne}: one of several fields must have a value.
 *
 * @param on the event types it applies to; never all, because an update mentions only what changed
 * @param owner the responsible person or team, for information
 * @param bad whether an event without any is kept or refused
 */
public record AtLeastOneRule(
    List<String> fields, List<Glob> on, Optional<String> owner, FieldPolicy bad) {
  /** The kind of its problems. */
  public static final String KIND = "atLeastOne";

  public AtLeastOneRule {
    fields = List.copyOf(fields);
    on = List.copyOf(on);
  }

  public boolean isFor(String eventType) {
    return on.stream().anyMatch(glob -> glob.matches(eventType));
  }

  /** The fields as one name. */
  public String name() {
    return String.join("|", fields);
  }

  public static AtLeastOneRule read(Section section) {
    List<String> fields = section.require("fields", "[email, phone]").texts("fields");
    if (fields.size() < 2) {
      section.fault(
          "fields", "fields has fewer than two names", "list the fields of which one is required");
    }
    List<Glob> on = section.requiredTexts("on", "[lead.created]").stream().map(Glob::of).toList();
    return new AtLeastOneRule(
        fields,
        on,
        section.text("owner"),
        FieldPolicy.read(
                section.require("bad", "keep"), List.of(FieldPolicy.REFUSE, FieldPolicy.KEEP))
            .orElse(FieldPolicy.KEEP));
  }
}
