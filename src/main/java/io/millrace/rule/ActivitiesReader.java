package io.millrace.rule;

import java.util.List;

/** Reads {@code activities.yaml}. */
final class ActivitiesReader {
  private static final String FILE = "activities.yaml";

  private final RuleFiles files;

  ActivitiesReader(RuleFiles files) {
    this.files = files;
  }

  List<Activity> read() {
    List<String> keys = List.of("activity", "description", "events", "when");
    List<Activity> activities =
        files.file(FILE, List.of("activities")).list("activities", keys).stream()
            .map(ActivitiesReader::activity)
            .toList();
    files.refuseRepeated(FILE, "activity", activities.stream().map(Activity::name));
    return activities;
  }

  private static Activity activity(RuleFields fields) {
    List<String> events = fields.texts("events");
    events.stream()
        .filter(type -> !EventTypes.isDeclarable(type))
        .forEach(
            type ->
                fields.fault(
                    "events", "'" + type + "' must be a type such as page.viewed or page.*"));
    return new Activity(
        fields.name("activity"),
        fields.text("description"),
        events,
        fields.expression("when", EventCondition::of));
  }
}
