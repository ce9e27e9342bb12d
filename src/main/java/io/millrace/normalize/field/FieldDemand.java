package io.millrace.normalize.field;

import io.millrace.yaml.Section;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code atLeastOne}: of several fields one has to have a value.
 *
 * @param on the types of event it is for; never all, because an update mentions only what changed
 * @param owner who answers for it; for people
 * @param bad whether an event without any is kept or refused
 */
public record FieldDemand(
    List<String> fields, List<Glob> on, Optional<String> owner, FieldPolicy bad) {
  /** What a problem's kind says. */
  public static final String KIND = "atLeastOne";

  public FieldDemand {
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

  public static FieldDemand read(Section section) {
    List<String> fields = section.require("fields", "[email, phone]").texts("fields");
    if (fields.size() < 2) {
      section.fault("fields", "fields names less than two", "name those of which one is needed");
    }
    List<Glob> on = section.requiredTexts("on", "[lead.created]").stream().map(Glob::of).toList();
    return new FieldDemand(
        fields,
        on,
        section.text("owner"),
        FieldPolicy.read(
                section.require("bad", "keep"), List.of(FieldPolicy.REFUSE, FieldPolicy.KEEP))
            .orElse(FieldPolicy.KEEP));
  }
}
