package io.millrace.flow.record;

import io.millrace.event.FieldState;
import io.millrace.model.EventOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which write to a field is the last. Stamps decide, except among the writes of one source
 * at one instant: many senders round the time to whole seconds, and ids do not sort by time. There
 * the previous values decide that the events state, as a chain of which the last write wins.
 *
 * <p>Which writes are remembered as rivals, and which of them wins, depends on the set of the
 * writes alone, and the rivals of a union are among those of its parts. Joining fields is therefore
 * commutative, associative and idempotent.
 */
final class SameInstant {
  /** The most writes with a previous value that are compared. */
  static final int MOST_COMPARED = 16;

  /** Longer values are not compared: they are no states of a lifecycle, and would be kept twice. */
  private static final int LONGEST_COMPARED = 255;

  /**
   * A replay takes precedence over the original; otherwise only equal writes have an equal stamp.
   */
  private static final Comparator<FieldState> LATER =
      Comparator.comparing(FieldState::getStamp)
          .thenComparingInt(FieldState::getReplay)
          .thenComparing(FieldState::getStatesPrevious)
          .thenComparing(field -> field.getPrevious().isPresent())
          .thenComparing(field -> field.getPrevious().orElse(""))
          .thenComparing(field -> field.getValue().isPresent())
          .thenComparing(field -> field.getValue().orElse(""));

  private SameInstant() {}

  /** A write, with its previous value if that can put it in order. */
  static FieldState write(
      Optional<String> value, String stamp, int replay, Map<String, String> previous, String name) {
    Optional<String> before = Optional.ofNullable(previous.get(name));
    boolean states =
        previous.containsKey(name)
            && !before.equals(value)
            && isCompared(before)
            && isCompared(value);
    return new FieldState(
        value.orElse(null), stamp, replay, states, states ? before.orElse(null) : null, List.of());
  }

  /** Senders show only parts of nested values. */
  private static boolean isCompared(Optional<String> value) {
    return value.isEmpty()
        || (value.get().length() <= LONGEST_COMPARED
            && !value.get().startsWith("{")
            && !value.get().startsWith("["));
  }

  /** The field after both writes, and those that both know as rivals. */
  static FieldState later(FieldState one, FieldState other) {
    if (!EventOrder.areOfOneInstant(one.getStamp(), other.getStamp())) {
      return one.getStamp().compareTo(other.getStamp()) >= 0 ? one : other;
    }
    return one.equals(other) ? one : joined(one, other);
  }

  private static FieldState joined(FieldState one, FieldState other) {
    NavigableMap<String, FieldState> leading = new TreeMap<>();
    FieldState unled = null;
    for (FieldState field : List.of(one, other)) {
      for (FieldState write : writes(field)) {
        if (write.getStatesPrevious()) {
          leading.merge(write.getStamp(), write, SameInstant::max);
        } else {
          unled = unled == null ? write : max(unled, write);
        }
      }
    }
    while (leading.size() > MOST_COMPARED) {
      leading.pollFirstEntry();
    }
    List<FieldState> all = new ArrayList<>(leading.values());
    if (unled != null) {
      all.add(unled);
    }
    FieldState winner = winner(part(leading, Optional.ofNullable(unled)));
    all.remove(winner);
    all.sort(LATER.reversed());
    return with(winner, all);
  }

  /** Those that take part: a replay takes the place of its original. */
  private static List<FieldState> part(
      NavigableMap<String, FieldState> leading, Optional<FieldState> unled) {
    List<FieldState> part = new ArrayList<>(leading.values());
    if (unled.isPresent()) {
      FieldState same = leading.get(unled.get().getStamp());
      if (same == null) {
        part.add(unled.get());
      } else if (LATER.compare(unled.get(), same) > 0) {
        part.remove(same);
        part.add(unled.get());
      }
    }
    return part;
  }

  private static FieldState winner(List<FieldState> writes) {
    Map<Optional<String>, Integer> balance = new HashMap<>();
    Set<List<Optional<String>>> counted = new HashSet<>();
    for (FieldState write : writes) {
      if (write.getStatesPrevious()
          && counted.add(List.of(write.getPrevious(), write.getValue()))) {
        balance.merge(write.getPrevious(), -1, Integer::sum);
        balance.merge(write.getValue(), 1, Integer::sum);
      }
    }
    Set<Optional<String>> ledTo = new HashSet<>();
    counted.forEach(led -> ledTo.add(led.getLast()));
    for (FieldState write : writes) {
      if (!write.getStatesPrevious() && !ledTo.contains(write.getValue())) {
        balance.merge(write.getValue(), 1, Integer::sum);
      }
    }
    return writes.stream()
        .filter(write -> balance.getOrDefault(write.getValue(), 0) > 0)
        .max(LATER)
        .or(() -> writes.stream().max(LATER))
        .orElseThrow();
  }

  private static List<FieldState> writes(FieldState field) {
    if (field.getRivals().isEmpty()) {
      return List.of(field);
    }
    List<FieldState> writes = new ArrayList<>(field.getRivals());
    writes.add(with(field, List.of()));
    return writes;
  }

  private static FieldState max(FieldState one, FieldState other) {
    return LATER.compare(one, other) >= 0 ? one : other;
  }

  private static FieldState with(FieldState field, List<FieldState> rivals) {
    return new FieldState(
        field.getValue().orElse(null),
        field.getStamp(),
        field.getReplay(),
        field.getStatesPrevious(),
        field.getPrevious().orElse(null),
        rivals);
  }
}
