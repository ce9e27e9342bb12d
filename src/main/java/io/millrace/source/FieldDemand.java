package io.millrace.source;

import java.util.List;
import java.util.Optional;

/**
 * One line of {@code atLeastOne}: of several fields one has to have a value.
 *
 * @param on the types of event it is for; never all, because an update mentions only what changed
 * @param owner who answers for it; for people
 * @param bad whether an event without any is kept or refused
 */
record FieldDemand(List<String> fields, List<Glob> on, Optional<String> owner, FieldPolicy bad) {
  /** What a problem's kind says. */
  static final String KIND = "atLeastOne";

  FieldDemand {
    fields = List.copyOf(fields);
    on = List.copyOf(on);
  }

  boolean isFor(String eventType) {
    return on.stream().anyMatch(glob -> glob.matches(eventType));
  }

  /** The fields as one name. */
  String name() {
    return String.join("|", fields);
  }

  static FieldDemand read(Section section) {
    List<String> fields = section.texts("fields");
    if (fields.size() < 2) {
      section.fault("fields", "must name at least two fields");
    }
    List<Glob> on = section.texts("on").stream().map(Glob::of).toList();
    if (on.isEmpty()) {
      section.fault("on", "is missing; name the event types it is for, such as lead.created");
    }
    if (!section.has("bad")) {
      section.fault("bad", "is missing");
    }
    return new FieldDemand(
        fields,
        on,
        section.text("owner"),
        FieldPolicy.read(section, List.of(FieldPolicy.REFUSE, FieldPolicy.KEEP))
            .orElse(FieldPolicy.KEEP));
  }
}
