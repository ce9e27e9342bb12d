package io.millrace.flow.record;

import io.millrace.event.RecordState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which record survives with whose history, as far as one record knows: it knows itself and all
 * records that were merged into it. The latest merge of a record counts. If merges form a cycle,
 * the latest of them determines the survivor.
 */
final class MergeTree {
  static final Comparator<Merge> LATER =
      Comparator.comparing(Merge::stamp).thenComparing(Merge::survivor);

  private final Map<String, RecordState> known;
  private final Map<String, Optional<String>> ends = new HashMap<>();

  MergeTree(String id, RecordState state) {
    known = new HashMap<>(state.getJoined());
    known.put(id, state);
  }

  /** The states of all records that are known, by id. */
  Map<String, RecordState> known() {
    return known;
  }

  /** The merge that counts for a record. */
  record Merge(String survivor, String stamp) {}

  /** The latest merge of a record; empty if it was never merged. */
  static Optional<Merge> latest(RecordState state) {
    return state.getMergedInto().entrySet().stream()
        .map(merge -> new Merge(merge.getKey(), merge.getValue()))
        .max(LATER);
  }

  /** The survivor of another record; empty if it is unknown. */
  Optional<String> end(String from) {
    Set<String> walked = new LinkedHashSet<>();
    String at = from;
    Optional<String> end = Optional.empty();
    while (!ends.containsKey(at)) {
      Optional<RecordState> state = Optional.ofNullable(known.get(at));
      if (state.isEmpty()) {
        break;
      }
      if (!walked.add(at)) {
        end = Optional.of(endOfCircle(at));
        break;
      }
      Optional<Merge> next = latest(state.get());
      if (next.isEmpty()) {
        end = Optional.of(at);
        break;
      }
      at = next.get().survivor();
    }
    Optional<String> found = ends.getOrDefault(at, end);
    walked.forEach(id -> ends.put(id, found));
    return found;
  }

  private String endOfCircle(String start) {
    Merge last = mergeOf(start);
    for (Merge next = mergeOf(last.survivor());
        !next.equals(mergeOf(start));
        next = mergeOf(next.survivor())) {
      last = LATER.compare(next, last) > 0 ? next : last;
    }
    return last.survivor();
  }

  private Merge mergeOf(String id) {
    return Optional.ofNullable(known.get(id)).flatMap(MergeTree::latest).orElseThrow();
  }
}
