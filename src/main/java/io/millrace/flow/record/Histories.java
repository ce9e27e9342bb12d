package io.millrace.flow.record;

import io.millrace.event.RecordHistory;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the histories of merged records reach their survivors: every record sends what it knows to
 * all records it was ever merged into, when it learns of the merge and whenever it receives
 * something new. Received histories are joined, so neither the order nor the number of the messages
 * matters; and only new information is sent on, so the messages end even where merges form a cycle.
 */
public final class Histories {
  private Histories() {}

  /** The state of a record that was merged. */
  public static RecordState note(Optional<RecordState> before, RecordMerged merged) {
    Map<String, String> mergedInto = Map.of(merged.getSurvivor(), merged.getStamp());
    return StateJoin.join(
        before.orElse(StateJoin.NOTHING_KNOWN),
        new RecordState(
            Map.of(), Map.of(), null, null, List.of(), mergedInto, List.of(), Map.of()));
  }

  /** The state of a record that receives a history, possibly its own. */
  public static RecordState receive(Optional<RecordState> before, RecordHistory history) {
    RecordState received =
        history.getOrigin().equals(history.getSurvivor().getId())
            ? history.getState()
            : withJoined(StateJoin.NOTHING_KNOWN, Map.of(history.getOrigin(), history.getState()));
    return StateJoin.join(before.orElse(StateJoin.NOTHING_KNOWN), received);
  }

  /**
   * What a record must send after its state has changed; nothing for a record that was neither
   * merged nor deleted.
   */
  public static List<RecordHistory> toSend(
      RecordRef record, Optional<RecordState> before, RecordState after) {
    boolean isMerged = !after.getMergedInto().isEmpty();
    boolean tells = ToldDeletions.areTold(after);
    if (!isMerged && !tells) {
      return List.of();
    }
    RecordState known = before.orElse(StateJoin.NOTHING_KNOWN);
    List<RecordHistory> toSend = new ArrayList<>();
    if (isMerged) {
      addForSurvivors(record, known, after, toSend);
    }
    if (tells) {
      ToldDeletions.add(record, known, after, toSend);
    }
    return toSend;
  }

  private static void addForSurvivors(
      RecordRef record, RecordState before, RecordState after, List<RecordHistory> toSend) {
    Map<String, RecordState> old = histories(record.getId(), before);
    for (String survivor : after.getMergedInto().keySet().stream().sorted().toList()) {
      boolean isNew = !before.getMergedInto().containsKey(survivor);
      RecordRef to = new RecordRef(record.getType(), survivor);
      histories(record.getId(), after)
          .forEach(
              (origin, state) -> {
                if (isNew || !state.equals(old.get(origin))) {
                  toSend.add(new RecordHistory(to, origin, state));
                }
              });
    }
  }

  /** Everything that a record knows, by the record it is about. */
  private static SortedMap<String, RecordState> histories(String id, RecordState state) {
    SortedMap<String, RecordState> histories = new TreeMap<>(state.getJoined());
    histories.put(id, withJoined(state, Map.of()));
    return histories;
  }

  private static RecordState withJoined(RecordState state, Map<String, RecordState> joined) {
    return new RecordState(
        state.getFields(),
        state.getSources(),
        state.getCreated().orElse(null),
        state.getDeleted().orElse(null),
        state.getTurns(),
        state.getMergedInto(),
        state.getEarlierMerges(),
        joined);
  }
}
