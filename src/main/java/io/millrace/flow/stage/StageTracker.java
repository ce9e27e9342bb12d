package io.millrace.flow.stage;

import io.millrace.event.Event;
import io.millrace.event.FieldWrite;
import io.millrace.event.RecordRef;
import io.millrace.event.StageChange;
import io.millrace.event.StageHistory;
import io.millrace.event.StageMark;
import io.millrace.model.EventKeys;
import io.millrace.model.EventOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows records through their lifecycle, and corrects or retracts what a late event proves wrong.
 * The final changes are a function of the set of events alone: any order and any repetition of the
 * same events ends with the same changes.
 *
 * <p>This holds for every event that fewer than {@value #MAX_MARKS} later ones of its record's
 * lifecycle have overtaken. Older changes are settled: they are final, and an event that arrives
 * even later is not counted. A change of the rules affects only what later events touch.
 */
public final class StageTracker {
  /** Status of a change that is new. */
  public static final String DETECTED = "DETECTED";

  /** Status of a change that remains, but differs from what was announced before. */
  public static final String CORRECTED = "CORRECTED";

  /** Status of a change that is withdrawn. */
  public static final String RETRACTED = "RETRACTED";

  static final int MAX_MARKS = 200;

  /** Longer values are cut: a stage is a word or two, and each is remembered many times. */
  static final int MAX_VALUE = 255;

  private final Lifecycle lifecycle;
  private final int maxMarks;

  public StageTracker(Lifecycle lifecycle) {
    this(lifecycle, MAX_MARKS);
  }

  StageTracker(Lifecycle lifecycle, int maxMarks) {
    this.lifecycle = lifecycle;
    this.maxMarks = maxMarks;
  }

  /**
   * Adds an event.
   *
   * @return the history to keep and the changes to announce; empty when the event is not about the
   *     lifecycle, is already known or is too late
   */
  public Optional<StageOutcome> add(Optional<StageHistory> before, Event event) {
    StageMark mark = mark(event);
    if (!mark.getCreates() && !mark.getDeletes() && mark.getWrites().isEmpty()) {
      return Optional.empty();
    }
    StageHistory history = before.orElseGet(StageTracker::nothing);
    if (isSettled(history, mark)) {
      return Optional.empty();
    }
    return StageMarks.with(history.getMarks(), mark)
        .map(marks -> outcome(history, marks, mark, event.getRecord()));
  }

  private StageOutcome outcome(
      StageHistory history, List<StageMark> marks, StageMark added, RecordRef record) {
    Optional<String> settled = history.getSettledUntil();
    StageScan scan = new StageScan(lifecycle);
    StageHistory kept = settle(marks, settled);
    boolean isOneMore = marks.size() == history.getMarks().size() + 1;
    // The event is almost always the last one, and no earlier change is affected.
    if (isOneMore && marks.getLast().equals(added) && scan.leavesAsIs(marks)) {
      return new StageOutcome(kept, detected(scan.movesOfLast(marks), record));
    }
    return new StageOutcome(
        kept, changes(scan.moves(history.getMarks(), settled), scan.moves(marks, settled), record));
  }

  private StageHistory settle(List<StageMark> marks, Optional<String> before) {
    List<StageMark> open = marks.size() <= maxMarks ? List.of() : StageMarks.after(marks, before);
    if (open.size() <= maxMarks) {
      return new StageHistory(marks, before.orElse(null));
    }
    String until = open.get(open.size() - maxMarks - 1).getStamp();
    return new StageHistory(StageMarks.settled(marks, until), until);
  }

  private StageMark mark(Event event) {
    boolean deletes = EventOrder.isDeletion(event);
    return new StageMark(
        EventOrder.stamp(event),
        EventKeys.identity(event),
        EventOrder.isCreation(event),
        deletes,
        deletes ? List.of() : writes(event));
  }

  private List<FieldWrite> writes(Event event) {
    List<FieldWrite> writes = new ArrayList<>();
    lifecycle.stageOf(event).ifPresent(stage -> writes.add(write(event, lifecycle.field(), stage)));
    for (String field : lifecycle.watch()) {
      if (event.getData().containsKey(field)) {
        writes.add(write(event, field, event.getData().get(field)));
      }
    }
    return writes;
  }

  private static FieldWrite write(Event event, String field, @Nullable String value) {
    Optional<String> previous =
        Optional.ofNullable(event.getPrevious().get(field)).filter(text -> !text.isBlank());
    return new FieldWrite(
        field, value == null ? null : cut(value), previous.map(StageTracker::cut).orElse(null));
  }

  private static String cut(String value) {
    String text = value.strip();
    return text.substring(0, Math.min(text.length(), MAX_VALUE));
  }

  private static boolean isSettled(StageHistory history, StageMark mark) {
    return history
        .getSettledUntil()
        .filter(until -> mark.getStamp().compareTo(until) <= 0)
        .isPresent();
  }

  private List<StageChange> detected(List<StageMove> moves, RecordRef record) {
    List<StageChange> changes = new ArrayList<>(moves.size());
    byKey(moves).values().forEach(move -> changes.add(move.announced(DETECTED, record, lifecycle)));
    return changes;
  }

  /** The changes that are gone, and those that are new or differ. */
  private List<StageChange> changes(
      List<StageMove> before, List<StageMove> after, RecordRef record) {
    SequencedMap<String, StageMove> earlier = byKey(before);
    SequencedMap<String, StageMove> current = byKey(after);
    List<StageChange> changes = new ArrayList<>();
    earlier.forEach(
        (key, move) -> {
          if (!current.containsKey(key)) {
            changes.add(move.announced(RETRACTED, record, lifecycle));
          }
        });
    current.forEach(
        (key, move) -> {
          Optional<StageMove> known = Optional.ofNullable(earlier.get(key));
          if (known.isEmpty()) {
            changes.add(move.announced(DETECTED, record, lifecycle));
          } else if (!known.get().looksLike(move)) {
            changes.add(move.announced(CORRECTED, record, lifecycle));
          }
        });
    return changes;
  }

  private static SequencedMap<String, StageMove> byKey(List<StageMove> moves) {
    SequencedMap<String, StageMove> byKey = new LinkedHashMap<>();
    moves.forEach(move -> byKey.put(move.key(), move));
    return byKey;
  }

  private static StageHistory nothing() {
    return new StageHistory(List.of(), null);
  }
}
