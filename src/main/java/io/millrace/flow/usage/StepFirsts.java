package io.millrace.flow.usage;

import io.millrace.event.ActivityMark;
import io.millrace.event.UsageMemory;
import io.millrace.flow.timeline.Mark;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The first events of steps while they change: the first of the person of each step, and those of
 * the other identifiers.
 */
final class StepFirsts {
  private final OtherFirsts others;
  private final Map<String, ActivityMark> ofPerson;
  private final Map<String, Map<String, ActivityMark>> changedOthers = new HashMap<>();

  StepFirsts(UsageHistory history) {
    others = history.others();
    ofPerson = new TreeMap<>(history.memory().map(UsageMemory::getSteps).orElse(Map.of()));
  }

  Map<String, ActivityMark> ofPerson() {
    return ofPerson;
  }

  /** The further rows that have changed. */
  Map<String, Map<String, ActivityMark>> changedOthers() {
    return changedOthers;
  }

  /** Adds an event of a step. */
  void add(String step, Mark mark) {
    Optional<Mark> known = Optional.ofNullable(ofPerson.get(step)).map(Mark::of);
    boolean isOthers =
        known.filter(first -> !first.identifier().equals(mark.identifier())).isPresent();
    if (known.isEmpty()) {
      ofPerson.put(step, mark.toActivityMark());
    } else if (known.get().isAfter(mark)) {
      ofPerson.put(step, mark.toActivityMark());
      if (isOthers) {
        addOther(step, known.get());
        removeOther(step, mark.identifier());
      }
    } else if (isOthers) {
      addOther(step, mark);
    }
  }

  /** Takes all events of an identifier out; those of the others take their place. */
  Map<String, ActivityMark> take(String identifier) {
    Map<String, ActivityMark> taken = new TreeMap<>(row(identifier));
    if (!taken.isEmpty()) {
      changedOthers.put(identifier, Map.of());
    }
    Map<String, ActivityMark> firsts = new TreeMap<>(ofPerson);
    firsts.values().removeIf(first -> !first.getIdentifier().equals(identifier));
    taken.putAll(firsts);
    firsts.keySet().forEach(ofPerson::remove);
    if (!firsts.isEmpty()) {
      Map<String, Map<String, ActivityMark>> left = new TreeMap<>(others.all());
      left.remove(identifier);
      firsts.keySet().forEach(step -> promote(step, left));
    }
    return taken;
  }

  private void promote(String step, Map<String, Map<String, ActivityMark>> left) {
    left.values().stream()
        .flatMap(row -> Optional.ofNullable(row.get(step)).stream())
        .map(Mark::of)
        .min(Mark::compareTo)
        .ifPresent(
            first -> {
              ofPerson.put(step, first.toActivityMark());
              removeOther(step, first.identifier());
            });
  }

  private void addOther(String step, Mark mark) {
    Map<String, ActivityMark> row = row(mark.identifier());
    Optional<Mark> known = Optional.ofNullable(row.get(step)).map(Mark::of);
    if (known.isEmpty() || known.get().isAfter(mark)) {
      Map<String, ActivityMark> changed = new TreeMap<>(row);
      changed.put(step, mark.toActivityMark());
      changedOthers.put(mark.identifier(), changed);
    }
  }

  private void removeOther(String step, String identifier) {
    Map<String, ActivityMark> row = row(identifier);
    if (row.containsKey(step)) {
      Map<String, ActivityMark> changed = new TreeMap<>(row);
      changed.remove(step);
      changedOthers.put(identifier, changed);
    }
  }

  private Map<String, ActivityMark> row(String identifier) {
    return changedOthers.containsKey(identifier)
        ? changedOthers.get(identifier)
        : others.of(identifier);
  }
}
