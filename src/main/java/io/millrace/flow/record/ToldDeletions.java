package io.millrace.flow.record;

import io.millrace.event.RecordHistory;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a deletion reaches the records that were part of the deleted one: they must know of it if
 * they are merged into a third record later, which knows nothing of the deleted one. So a record
 * that was deleted tells all records it has joined when it, and those between the two, were
 * created, deleted and merged.
 */
final class ToldDeletions {
  private ToldDeletions() {}

  /** Whether a record has anything to tell. */
  static boolean areTold(RecordState state) {
    return state.getDeleted().isPresent() && !state.getJoined().isEmpty();
  }

  /** Adds what a record must tell after its state has changed. */
  static void add(
      RecordRef record, RecordState before, RecordState after, List<RecordHistory> toSend) {
    if (turns(before).equals(turns(after)) && before.getJoined().equals(after.getJoined())) {
      // The usual case: fields were written.
      return;
    }
    Map<String, RecordState> old = areTold(before) ? turns(record.getId(), before) : Map.of();
    Map<String, RecordState> current = turns(record.getId(), after);
    for (String origin : after.getJoined().keySet().stream().sorted().toList()) {
      Map<String, RecordState> known = told(record.getId(), origin, old);
      RecordRef to = new RecordRef(record.getType(), origin);
      told(record.getId(), origin, current)
          .forEach(
              (part, state) -> {
                if (!state.equals(known.get(part))) {
                  toSend.add(new RecordHistory(to, part, state));
                }
              });
    }
  }

  /** What a record tells another one, by the record it is about; nothing if that was no part. */
  private static Map<String, RecordState> told(
      String id, String origin, Map<String, RecordState> known) {
    Map<String, RecordState> told = new TreeMap<>();
    if (!origin.equals(id)) {
      survivors(origin, known)
          .forEach(
              part ->
                  Optional.ofNullable(known.get(part)).ifPresent(state -> told.put(part, state)));
      told.remove(origin);
    }
    return told.containsKey(id) ? told : Map.of();
  }

  /** All records that a record was ever merged into, directly or through others. */
  private static Set<String> survivors(String origin, Map<String, RecordState> known) {
    Set<String> survivors = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(origin));
    while (!open.isEmpty()) {
      RecordState state = known.get(open.pop());
      if (state != null) {
        state.getMergedInto().keySet().stream().sorted().filter(survivors::add).forEach(open::push);
      }
    }
    return survivors;
  }

  /** When all records that a record knows were created, deleted and merged. */
  private static Map<String, RecordState> turns(String id, RecordState state) {
    Map<String, RecordState> turns = new TreeMap<>();
    state.getJoined().forEach((origin, joined) -> turns.put(origin, turns(joined)));
    turns.put(id, turns(state));
    return turns;
  }

  private static RecordState turns(RecordState state) {
    return new RecordState(
        Map.of(),
        Map.of(),
        state.getCreated().orElse(null),
        state.getDeleted().orElse(null),
        state.getTurns(),
        state.getMergedInto(),
        state.getEarlierMerges(),
        Map.of());
  }
}
