package io.millrace.flow.stage;

import io.millrace.model.EventTypes;
import io.millrace.model.RuleFields;
import io.millrace.yaml.Section;
import io.millrace.yaml.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the stages of one lifecycle and the moves between them. */
final class StagesReader {
  /** In moves: every stage that is not a last one. */
  private static final String ANY = "any";

  private final Section lifecycle;
  private final List<LifecycleStage> stages = new ArrayList<>();
  private final Map<String, String> spellings = new HashMap<>();
  private final Map<String, String> implied = new HashMap<>();
  private final Map<String, Set<String>> moves = new HashMap<>();

  StagesReader(Section lifecycle) {
    this.lifecycle = lifecycle;
    lifecycle.sections("stages").forEach(this::stage);
    lifecycle.sections("moves").forEach(this::move);
    if (stages.stream().noneMatch(LifecycleStage::initial)) {
      lifecycle.fault("stages", "no stage is initial", "add initial: true to at least one");
    }
    refuseUnreachable();
  }

  List<LifecycleStage> stages() {
    return stages;
  }

  StageNames names() {
    return new StageNames(spellings);
  }

  Map<String, String> implied() {
    return implied;
  }

  Map<String, Set<String>> moves() {
    return moves;
  }

  private void stage(Section section) {
    String name = RuleFields.name(section, "stage");
    if (name.equals(ANY)) {
      section.fault("stage", "stage: any means all stages", "choose another name");
    }
    Optional<String> outcome =
        section.has("outcome")
            ? Optional.of(RuleFields.name(section, "outcome"))
            : Optional.empty();
    stages.add(
        new LifecycleStage(
            name,
            section.flag("initial").orElse(false),
            section.flag("last").orElse(false),
            section.flag("aside").orElse(false),
            outcome));
    spell(section, "stage", name, name);
    section.texts("spellings").forEach(text -> spell(section, "spellings", text, name));
    section.texts("events").forEach(type -> imply(section, type, name));
  }

  private void spell(Section section, String key, String text, String stage) {
    String spelling = StageNames.key(text);
    if (spelling.isEmpty() && !text.isEmpty()) {
      section.fault(key, "'" + text + "' has neither letters nor digits", "remove it");
    }
    String other = spellings.putIfAbsent(spelling, stage);
    if (other != null && !spelling.isEmpty()) {
      refuseTaken(section, key, text, other);
    }
  }

  private static void refuseTaken(Section section, String key, String text, String stage) {
    section.fault(key, "'" + text + "' already means the stage " + stage, "keep one of them");
  }

  private void imply(Section section, String type, String stage) {
    if (!EventTypes.isDeclarable(type) || type.endsWith("*")) {
      section.fault(
          "events", "events: " + type + " is not one event type", "write it as in lead.qualified");
    }
    String other = implied.putIfAbsent(type, stage);
    if (other != null) {
      refuseTaken(section, "events", type, other);
    }
  }

  private void move(Section section) {
    String from = RuleFields.text(section, "from", "any");
    List<String> to = section.requiredTexts("to", "[lost]");
    to.forEach(stage -> refuseUndeclared(section, "to", stage));
    if (from.equals(ANY)) {
      stages.stream().filter(stage -> !stage.last()).forEach(stage -> allow(stage.name(), to));
    } else {
      refuseUndeclared(section, "from", from);
      allow(from, to);
    }
  }

  private void allow(String from, List<String> to) {
    moves.computeIfAbsent(from, name -> new HashSet<>()).addAll(to);
  }

  private void refuseUndeclared(Section section, String key, String stage) {
    if (!stage.isEmpty() && !isDeclared(stage)) {
      section.fault(
          key,
          key + ": " + stage + " is not a stage",
          Suggestions.remedy(stage, stages.stream().map(LifecycleStage::name).toList()));
    }
  }

  private boolean isDeclared(String stage) {
    return stages.stream().anyMatch(each -> each.name().equals(stage));
  }

  /** An unreachable stage is a mistake: a move is missing. */
  private void refuseUnreachable() {
    Set<String> reachable = new HashSet<>();
    boolean isOpen = false;
    for (LifecycleStage stage : stages) {
      if (stage.initial() || (isOpen && !stage.aside())) {
        reachable.add(stage.name());
      }
      isOpen = stage.aside() ? isOpen : !stage.last();
    }
    moves.forEach(
        (from, to) -> to.stream().filter(stage -> !stage.equals(from)).forEach(reachable::add));
    stages.stream()
        .map(LifecycleStage::name)
        .filter(stage -> !stage.isEmpty() && !reachable.contains(stage))
        .forEach(
            stage ->
                lifecycle.fault(
                    "stages", "no move leads to the stage " + stage, "add one to moves"));
  }
}
