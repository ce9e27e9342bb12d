package io.millrace.rule;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What readers do not see any more is kept for a while, because a merge that is heard of late may
 * bring it back, and then forgotten, because it may be about a person: fields a deletion hid, and
 * the fields of a record that was merged, which the other record holds too.
 */
public final class Forgetting {
  /**
   * How long hidden fields are kept, by the step's clock: twice the longest time a sender is known
   * to come again with an event.
   */
  public static final Duration KEPT = Duration.ofDays(30);

  private Forgetting() {}

  /** The stamp up to which a state holds fields that nobody sees; empty if it holds none. */
  public static Optional<String> hiddenThrough(String id, RecordState state) {
    String through = through(id, state);
    if (through.isEmpty()) {
      return Optional.empty();
    }
    return stamps(state).filter(stamp -> stamp.compareTo(through) <= 0).max(String::compareTo);
  }

  /** The state without the hidden fields that are not later than a stamp. */
  public static RecordState forget(String id, RecordState state, String stamp) {
    String hidden = through(id, state);
    return without(state, stamp.compareTo(hidden) < 0 ? stamp : hidden);
  }

  private static String through(String id, RecordState state) {
    return RecordView.isMergedAway(id, state)
        ? stamps(state).max(String::compareTo).orElse("")
        : state.getDeleted().orElse("");
  }

  private static Stream<String> stamps(RecordState state) {
    return Stream.concat(
        state.getFields().values().stream().map(FieldState::getStamp),
        state.getJoined().values().stream().flatMap(Forgetting::stamps));
  }

  private static RecordState without(RecordState state, String through) {
    SortedMap<String, FieldState> fields = new TreeMap<>(state.getFields());
    fields.values().removeIf(field -> field.getStamp().compareTo(through) <= 0);
    Map<String, RecordState> joined = new TreeMap<>(state.getJoined());
    joined.replaceAll((id, other) -> without(other, through));
    return new RecordState(
        fields,
        state.getSources(),
        state.getCreated().orElse(null),
        state.getDeleted().orElse(null),
        state.getTurns(),
        state.getMergedInto(),
        joined);
  }
}
