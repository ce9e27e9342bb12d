package io.millrace.flow.record;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What readers do not see any more is kept for a while, because a merge that is heard of late may
 * bring it back, and then forgotten, because it may be about a person: fields a deletion hid, the
 * fields of a record that was merged, which the other record holds too, and those of a record that
 * was merged into yet another since.
 */
public final class Forgetting {
  /**
   * How long hidden fields are kept, by the step's clock: twice the longest time a sender is known
   * to come again with an event.
   */
  public static final Duration KEPT = Duration.ofDays(30);

  /** Sorts after every stamp. */
  private static final String ALWAYS = "g";

  private Forgetting() {}

  /** The latest field a state holds that nobody sees, by its stamp; empty if it holds none. */
  public static Optional<String> hiddenThrough(String id, RecordState state) {
    if (state.getDeleted().isEmpty()
        && state.getMergedInto().isEmpty()
        && state.getJoined().isEmpty()) {
      return Optional.empty();
    }
    Map<String, RecordView.Part> parts = RecordView.parts(id, state);
    Stream<String> own = hidden(state, through(parts, id));
    Stream<String> joined =
        state.getJoined().entrySet().stream()
            .flatMap(other -> hidden(other.getValue(), through(parts, other.getKey())));
    return Stream.concat(own, joined).max(Comparator.naturalOrder());
  }

  /** The state without the fields nobody sees, as far as they are not later than a stamp. */
  public static RecordState forget(String id, RecordState state, String stamp) {
    Map<String, RecordView.Part> parts = RecordView.parts(id, state);
    Map<String, RecordState> joined = new TreeMap<>(state.getJoined());
    joined.replaceAll(
        (origin, other) ->
            withFields(
                other, left(other, earlier(through(parts, origin), stamp)), other.getJoined()));
    return withFields(state, left(state, earlier(through(parts, id), stamp)), joined);
  }

  /** Up to where a record's fields are hidden; all of them if it shows in another. */
  private static String through(Map<String, RecordView.Part> parts, String origin) {
    return Optional.ofNullable(parts.get(origin)).map(RecordView.Part::hidden).orElse(ALWAYS);
  }

  private static Stream<String> hidden(RecordState state, String through) {
    return state.getFields().values().stream()
        .map(FieldState::getStamp)
        .filter(stamp -> stamp.compareTo(through) <= 0);
  }

  private static SortedMap<String, FieldState> left(RecordState state, String forgotten) {
    SortedMap<String, FieldState> left = new TreeMap<>(state.getFields());
    left.values().removeIf(field -> field.getStamp().compareTo(forgotten) <= 0);
    return left;
  }

  private static String earlier(String one, String other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static RecordState withFields(
      RecordState state, Map<String, FieldState> fields, Map<String, RecordState> joined) {
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
