package io.millrace.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the stages of one lifecycle and the moves between them. */
final class StagesReader {
  /** Stands for every stage that is not the last one, in the moves. */
  private static final String ANY = "any";

  private static final List<String> KEYS =
      List.of("stage", "initial", "last", "aside", "outcome", "spellings", "events");

  private final RuleFields lifecycle;
  private final List<LifecycleStage> stages = new ArrayList<>();
  private final Map<String, String> spellings = new HashMap<>();
  private final Map<String, String> implied = new HashMap<>();
  private final Map<String, Set<String>> moves = new HashMap<>();

  StagesReader(RuleFields lifecycle) {
    this.lifecycle = lifecycle;
    lifecycle.list("stages", KEYS).forEach(this::stage);
    lifecycle.list("moves", List.of("from", "to")).forEach(this::move);
    if (stages.stream().noneMatch(LifecycleStage::initial)) {
      lifecycle.fault("stages", "must have at least one stage that is initial");
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

  private void stage(RuleFields fields) {
    String name = fields.name("stage");
    if (name.equals(ANY)) {
      fields.fault("stage", "'any' stands for all stages and cannot be the name of one");
    }
    Optional<String> outcome =
        fields.has("outcome") ? Optional.of(fields.name("outcome")) : Optional.empty();
    stages.add(
        new LifecycleStage(
            name, fields.flag("initial"), fields.flag("last"), fields.flag("aside"), outcome));
    spell(fields, "stage", name, name);
    fields.optionalTexts("spellings").forEach(text -> spell(fields, "spellings", text, name));
    fields.optionalTexts("events").forEach(type -> imply(fields, type, name));
  }

  private void spell(RuleFields fields, String key, String text, String stage) {
    String spelling = StageNames.key(text);
    if (spelling.isEmpty() && !text.isEmpty()) {
      fields.fault(key, "'" + text + "' has neither letters nor digits");
    }
    String other = spellings.putIfAbsent(spelling, stage);
    if (other != null && !spelling.isEmpty()) {
      fields.fault(key, "'" + text + "' stands for the stage '" + other + "' already");
    }
  }

  private void imply(RuleFields fields, String type, String stage) {
    if (!EventTypes.isDeclarable(type) || type.endsWith("*")) {
      fields.fault("events", "'" + type + "' must be an event type such as lead.qualified");
    }
    String other = implied.putIfAbsent(type, stage);
    if (other != null) {
      fields.fault("events", "'" + type + "' stands for the stage '" + other + "' already");
    }
  }

  private void move(RuleFields fields) {
    String from = fields.text("from");
    List<String> to = fields.texts("to");
    to.forEach(stage -> refuseUndeclared(fields, "to", stage));
    if (from.equals(ANY)) {
      stages.stream().filter(stage -> !stage.last()).forEach(stage -> allow(stage.name(), to));
    } else {
      refuseUndeclared(fields, "from", from);
      allow(from, to);
    }
  }

  private void allow(String from, List<String> to) {
    moves.computeIfAbsent(from, name -> new HashSet<>()).addAll(to);
  }

  private void refuseUndeclared(RuleFields fields, String key, String stage) {
    if (!stage.isEmpty() && !isDeclared(stage)) {
      fields.fault(
          key,
          "'%s' is not a stage; declared are %s"
              .formatted(
                  stage, String.join(", ", stages.stream().map(LifecycleStage::name).toList())));
    }
  }

  private boolean isDeclared(String stage) {
    return stages.stream().anyMatch(each -> each.name().equals(stage));
  }

  /** A stage nobody can come to is a mistake: a word in the moves that is missing. */
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
        .forEach(stage -> lifecycle.fault("stages", "no move leads to '" + stage + "'"));
  }
}
