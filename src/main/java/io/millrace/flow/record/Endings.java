package io.millrace.flow.record;

import io.millrace.event.RecordState;
import io.millrace.flow.record.MergeTree.Merge;
import io.millrace.model.EventOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What deletions ended, as far as one record knows. A deletion ends all that is part of its record
 * at that moment: the record itself and those that have been merged into it by then, each up to the
 * deletion. Two deletions end nothing, because they are the trace that a merge leaves in most CRMs:
 * that of a record which is part of another one, and that of a record which is merged later without
 * having been created again.
 */
final class Endings {
  private final Map<String, List<Merge>> merges = new HashMap<>();
  private final Map<String, List<String>> mergedHere = new HashMap<>();
  private final Map<String, String> ended = new HashMap<>();

  private Endings(Map<String, RecordState> known) {
    known.forEach(this::note);
  }

  /**
   * The stamp of the latest deletion that ended each record; records that were never ended are
   * missing.
   *
   * @param known the states of the records, by id
   */
  static Map<String, String> of(Map<String, RecordState> known) {
    if (known.values().stream().noneMatch(state -> state.getDeleted().isPresent())) {
      return Map.of();
    }
    Endings endings = new Endings(known);
    known.forEach(endings::end);
    return endings.ended;
  }

  private void note(String id, RecordState state) {
    if (state.getMergedInto().isEmpty()) {
      return;
    }
    List<Merge> all = EarlierMerges.all(state);
    merges.put(id, all);
    all.stream()
        .map(Merge::survivor)
        .distinct()
        .forEach(
            survivor -> mergedHere.computeIfAbsent(survivor, first -> new ArrayList<>()).add(id));
  }

  private void end(String id, RecordState state) {
    if (state.getDeleted().isEmpty()) {
      return;
    }
    Optional<String> created = Optional.empty();
    for (String turn : StateJoin.turns(state, StateJoin.NOTHING_KNOWN)) {
      if (EventOrder.isOfCreation(turn)) {
        created = Optional.of(turn);
      } else if (!isTrace(id, turn, created) && isItself(id, turn)) {
        endAll(id, turn);
      }
    }
  }

  /**
   * Whether a deletion is the trace of a later merge.
   *
   * @param created the first creation after it
   */
  private boolean isTrace(String id, String deletion, Optional<String> created) {
    return merges.getOrDefault(id, List.of()).stream()
        .map(Merge::stamp)
        .anyMatch(
            merged ->
                merged.compareTo(deletion) > 0
                    && created.filter(again -> again.compareTo(merged) < 0).isEmpty());
  }

  /** Whether a record was not part of another one at a moment. */
  private boolean isItself(String id, String moment) {
    Optional<Merge> merge = latest(id, moment);
    if (merge.isEmpty()) {
      return true;
    }
    Merge last = merge.get();
    Set<String> walked = new HashSet<>();
    String at = last.survivor();
    while (!at.equals(id)) {
      Optional<Merge> next = walked.add(at) ? latest(at, moment) : Optional.empty();
      if (next.isEmpty()) {
        return false;
      }
      last = MergeTree.LATER.compare(next.get(), last) > 0 ? next.get() : last;
      at = next.get().survivor();
    }
    // A circle: the latest merge in it decides.
    return last.survivor().equals(id);
  }

  private void endAll(String id, String deletion) {
    Deque<String> open = new ArrayDeque<>(List.of(id));
    Set<String> found = new HashSet<>(open);
    while (!open.isEmpty()) {
      String part = open.pop();
      ended.merge(part, deletion, StateJoin::later);
      for (String merged : mergedHere.getOrDefault(part, List.of())) {
        if (latest(merged, deletion).filter(merge -> merge.survivor().equals(part)).isPresent()
            && found.add(merged)) {
          open.push(merged);
        }
      }
    }
  }

  /** The merge that counts for a record at a moment. */
  private Optional<Merge> latest(String id, String moment) {
    for (Merge merge : merges.getOrDefault(id, List.of())) {
      if (merge.stamp().compareTo(moment) <= 0) {
        return Optional.of(merge);
      }
    }
    return Optional.empty();
  }
}
