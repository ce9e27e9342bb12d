package io.millrace.flow.record;

import io.millrace.event.RecordState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Joins two states of a record. Every part is a maximum or a union, so the join is commutative,
 * associative and idempotent: the result is the same however the events of a record were grouped.
 */
final class StateJoin {
  /** How many of a record's latest creations and deletions are kept. */
  static final int MOST_TURNS = 16;

  static final RecordState NOTHING_KNOWN =
      new RecordState(Map.of(), Map.of(), null, null, List.of(), Map.of(), List.of(), Map.of());

  private StateJoin() {}

  static RecordState join(RecordState one, RecordState other) {
    String created = later(one.getCreated(), other.getCreated());
    String deleted = later(one.getDeleted(), other.getDeleted());
    return new RecordState(
        union(one.getFields(), other.getFields(), SameInstant::later),
        union(one.getSources(), other.getSources(), StateJoin::later),
        created,
        deleted,
        earlierTurns(one, other, created, deleted),
        latestMerges(one, other),
        EarlierMerges.of(one, other),
        union(one.getJoined(), other.getJoined(), StateJoin::join));
  }

  static Map<String, String> latestMerges(RecordState one, RecordState other) {
    return union(one.getMergedInto(), other.getMergedInto(), StateJoin::later);
  }

  private static List<String> earlierTurns(
      RecordState one, RecordState other, @Nullable String created, @Nullable String deleted) {
    boolean hasOne =
        one.getTurns().isEmpty()
            && other.getTurns().isEmpty()
            && isOnly(created, one.getCreated(), other.getCreated())
            && isOnly(deleted, one.getDeleted(), other.getDeleted());
    if (hasOne) {
      // The usual case: records that are created once and never deleted.
      return List.of();
    }
    return turns(one, other).stream()
        .filter(turn -> !turn.equals(created) && !turn.equals(deleted))
        .toList();
  }

  private static boolean isOnly(
      @Nullable String latest, Optional<String> one, Optional<String> other) {
    return (one.isEmpty() || one.get().equals(latest))
        && (other.isEmpty() || other.get().equals(latest));
  }

  /** The stamps of the latest creations and deletions, latest first. */
  static List<String> turns(RecordState one, RecordState other) {
    NavigableSet<String> all = new TreeSet<>(Comparator.reverseOrder());
    for (RecordState state : List.of(one, other)) {
      all.addAll(state.getTurns());
      state.getCreated().ifPresent(all::add);
      state.getDeleted().ifPresent(all::add);
    }
    return all.stream().limit(MOST_TURNS).toList();
  }

  static String later(String one, String other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static @Nullable String later(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent()
        ? later(one.get(), other.get())
        : one.or(() -> other).orElse(null);
  }

  private static <V> Map<String, V> union(
      Map<String, V> one, Map<String, V> other, BinaryOperator<V> join) {
    if (one.isEmpty() && other.isEmpty()) {
      return Map.of();
    }
    SortedMap<String, V> union = new TreeMap<>(one);
    other.forEach((key, value) -> union.merge(key, value, join));
    return union;
  }
}
