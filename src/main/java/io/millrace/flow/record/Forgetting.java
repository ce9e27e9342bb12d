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
 * Removes hidden fields after a while. They are kept at first, because a late merge may make them
 * visible again, and then removed, because they may be personal data: fields hidden by a deletion,
 * the fields of a merged record, which its survivor has too, and those of a record that was later
 * merged into another one.
 */
public final class Forgetting {
  /**
   * How long hidden fields are kept, by the step's clock: as long as the deliveries they came in,
   * and much longer than any sender is known to retry.
   */
  public static final Duration KEPT = Duration.ofDays(28);

  /** Sorts after every stamp. */
  private static final String ALWAYS = "g";

  private Forgetting() {}

  /** The stamp of the latest hidden field in a state; empty if there is none. */
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

  /** The state without its hidden fields up to a stamp. */
  public static RecordState forget(String id, RecordState state, String stamp) {
    Map<String, RecordView.Part> parts = RecordView.parts(id, state);
    Map<String, RecordState> joined = new TreeMap<>(state.getJoined());
    joined.replaceAll(
        (origin, other) ->
            withFields(
                other, left(other, earlier(through(parts, origin), stamp)), other.getJoined()));
    return withFields(state, left(state, earlier(through(parts, id), stamp)), joined);
  }

  /** Up to which stamp a record's fields are hidden; all of them if it was merged into another. */
  private static String through(Map<String, RecordView.Part> parts, String origin) {
    return Optional.ofNullable(parts.get(origin)).map(RecordView.Part::ended).orElse(ALWAYS);
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
        state.getEarlierMerges(),
        joined);
  }
}
