package io.millrace.flow.stage;

import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import io.millrace.yaml.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the lifecycles and reports every fault in them. */
public final class LifecyclesReader {
  private LifecyclesReader() {}

  public static Lifecycles read(Section file) {
    List<Section> sections = file.sections("lifecycles");
    RuleFields.refuseRepeated(sections, "lifecycle");
    RuleFields.refuseRepeated(sections, "record");
    return new Lifecycles(sections.stream().map(LifecyclesReader::lifecycle).toList());
  }

  private static Lifecycle lifecycle(Section section) {
    StagesReader stages = new StagesReader(section);
    String field = RuleFields.text(section, "field", "status");
    return new Lifecycle(
        RuleFields.name(section, "lifecycle"),
        RuleFields.text(section, "record", "lead"),
        field,
        onCreation(section, stages),
        stages.stages(),
        stages.names(),
        stages.moves(),
        stages.implied(),
        watch(section, field));
  }

  private static Optional<String> onCreation(Section section, StagesReader stages) {
    Optional<String> name = section.text("onCreation");
    Set<String> initial =
        stages.stages().stream()
            .filter(LifecycleStage::initial)
            .map(LifecycleStage::name)
            .collect(Collectors.toUnmodifiableSet());
    if (name.filter(stage -> !initial.contains(stage)).isPresent()) {
      section.fault(
          "onCreation",
          "onCreation: " + name.get() + " is not an initial stage",
          Suggestions.remedy(name.get(), initial));
    }
    return name;
  }

  private static List<String> watch(Section section, String field) {
    List<String> watch =
        section.has("watch") ? section.requiredTexts("watch", "[owner]") : List.of();
    if (watch.contains(field)) {
      section.fault("watch", "watch names " + field + ", which holds the stage", "remove it");
    }
    if (new HashSet<>(watch).size() < watch.size()) {
      section.fault("watch", "watch names a field twice", "keep one of them");
    }
    return watch;
  }
}
