package io.millrace.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the lifecycles and finds everything that is wrong with them. */
final class LifecyclesReader {
  private static final List<String> KEYS =
      List.of("lifecycle", "record", "field", "onCreation", "stages", "moves", "watch");

  private final Path directory;
  private final List<String> faults = new ArrayList<>();

  LifecyclesReader(Path directory) {
    this.directory = directory;
  }

  Lifecycles read() {
    RuleFields file = RuleFile.open(directory, Lifecycles.FILE, faults, List.of("lifecycles"));
    Set<String> names = new HashSet<>();
    Set<String> records = new HashSet<>();
    List<Lifecycle> lifecycles = new ArrayList<>();
    for (RuleFields fields : file.list("lifecycles", KEYS)) {
      Lifecycle lifecycle = lifecycle(fields);
      if (!names.add(lifecycle.name())) {
        fields.fault("lifecycle", "'" + lifecycle.name() + "' is declared twice");
      }
      if (!records.add(lifecycle.recordType())) {
        fields.fault("record", "'" + lifecycle.recordType() + "' has another lifecycle already");
      }
      lifecycles.add(lifecycle);
    }
    if (!faults.isEmpty()) {
      throw new InvalidRulesException(faults);
    }
    return new Lifecycles(lifecycles);
  }

  private static Lifecycle lifecycle(RuleFields fields) {
    StagesReader stages = new StagesReader(fields);
    String field = fields.text("field");
    return new Lifecycle(
        fields.name("lifecycle"),
        fields.text("record"),
        field,
        onCreation(fields, stages),
        stages.stages(),
        stages.names(),
        stages.moves(),
        stages.implied(),
        watch(fields, field));
  }

  private static Optional<String> onCreation(RuleFields fields, StagesReader stages) {
    if (!fields.has("onCreation")) {
      return Optional.empty();
    }
    String name = fields.text("onCreation");
    boolean isInitial =
        stages.stages().stream().anyMatch(stage -> stage.initial() && stage.name().equals(name));
    if (!isInitial) {
      fields.fault("onCreation", "'" + name + "' must be a stage that is initial");
    }
    return Optional.of(name);
  }

  private static List<String> watch(RuleFields fields, String field) {
    List<String> watch = fields.optionalTexts("watch");
    if (watch.contains(field)) {
      fields.fault("watch", "must not name " + field + ", which holds the stage");
    }
    if (new HashSet<>(watch).size() < watch.size()) {
      fields.fault("watch", "names a field twice");
    }
    return watch;
  }
}
