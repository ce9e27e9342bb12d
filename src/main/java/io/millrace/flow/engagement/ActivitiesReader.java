package io.millrace.flow.engagement;

import io.millrace.flow.expression.EventCondition;
import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import java.util.List;

/** Reads {@code activities.yaml}. */
public final class ActivitiesReader {
  public static final String FILE = "activities.yaml";

  private ActivitiesReader() {}

  public static List<Activity> read(Section file) {
    List<Section> sections = file.sections("activities");
    RuleFields.refuseRepeated(sections, "activity");
    return sections.stream().map(ActivitiesReader::activity).toList();
  }

  private static Activity activity(Section section) {
    return new Activity(
        RuleFields.name(section, "activity"),
        RuleFields.text(section, "description", "looked at any page"),
        RuleFields.eventTypes(section, "events"),
        section.parsed("when", EventCondition::of));
  }
}
