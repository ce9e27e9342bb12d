package io.millrace.rule;

import io.millrace.event.FieldWrite;
import io.millrace.event.RecordRef;
import io.millrace.event.StageChange;
import io.millrace.event.StageMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what changed in a record's lifecycle by going through its events in their order. */
final class StageScan {
  private final Lifecycle lifecycle;
  private final RecordRef record;

  StageScan(Lifecycle lifecycle, RecordRef record) {
    this.lifecycle = lifecycle;
    this.record = record;
  }

  /** The changes that stand, without the settled ones. */
  List<StageChange> changes(List<StageMark> marks, Optional<String> settledUntil) {
    List<StageChange> changes = new ArrayList<>();
    List<List<StageMark>> lives = lives(marks);
    for (int number = 0; number < lives.size(); number++) {
      boolean isCreated = lives.get(number).stream().anyMatch(StageMark::getCreates);
      // After a deletion nobody sees the record until it is created again.
      if (number == 0 || isCreated) {
        new Life(isCreated, settledUntil, changes).live(lives.get(number));
      }
    }
    return changes;
  }

  private static List<List<StageMark>> lives(List<StageMark> marks) {
    List<List<StageMark>> lives = new ArrayList<>();
    lives.add(new ArrayList<>());
    for (StageMark mark : marks) {
      lives.getLast().add(mark);
      if (mark.getDeletes()) {
        lives.add(new ArrayList<>());
      }
    }
    return lives;
  }

  /** From a creation to a deletion: no change reaches from one life into another. */
  private final class Life {
    private final boolean isCreated;
    private final Optional<String> settledUntil;
    private final List<StageChange> changes;

    /** What was said last about each field; empty where it was cleared. */
    private final Map<String, Optional<String>> current = new HashMap<>();

    Life(boolean isCreated, Optional<String> settledUntil, List<StageChange> changes) {
      this.isCreated = isCreated;
      this.settledUntil = settledUntil;
      this.changes = changes;
    }

    void live(List<StageMark> marks) {
      for (StageMark mark : marks) {
        for (FieldWrite write : mark.getWrites()) {
          if (write.getField().equals(lifecycle.field())) {
            stage(mark, write);
          } else {
            watched(mark, write);
          }
        }
        if (mark.getDeletes()) {
          end(mark);
        }
      }
    }

    private void stage(StageMark mark, FieldWrite write) {
      Optional<String> to = write.getValue().map(lifecycle.names()::of);
      Optional<String> known = current.getOrDefault(write.getField(), Optional.empty());
      if (to.isEmpty() || to.equals(known)) {
        return;
      }
      current.put(write.getField(), to);
      Optional<String> claimed = write.getPrevious().map(lifecycle.names()::of);
      Optional<String> from = known.or(() -> claimed.filter(stage -> !to.get().equals(stage)));
      Lifecycle.Judgement judgement =
          from.map(stage -> lifecycle.move(stage, to.get()))
              .orElseGet(() -> lifecycle.first(to.get(), isCreated));
      announce(
          mark,
          change(mark, write.getField(), judgement.verdict())
              .setFromStage(from.orElse(null))
              .setToStage(to.get())
              .setSkipped(judgement.skipped())
              .setOutcome(lifecycle.outcome(to.get()).orElse(null))
              .setClaimedPrevious(claimed.orElse(null))
              .setContradicted(contradicts(claimed, known)));
    }

    private void watched(StageMark mark, FieldWrite write) {
      boolean isFirst = !current.containsKey(write.getField());
      Optional<String> known = current.getOrDefault(write.getField(), Optional.empty());
      current.put(write.getField(), write.getValue());
      if (write.getValue().equals(known)) {
        return;
      }
      Optional<String> from = isFirst ? write.getPrevious() : known;
      announce(
          mark,
          change(
                  mark,
                  write.getField(),
                  isFirst && from.isEmpty() ? StageVerdict.INITIAL : StageVerdict.CHANGED)
              .setFromStage(from.orElse(null))
              .setToStage(write.getValue().orElse(null))
              .setClaimedPrevious(write.getPrevious().orElse(null))
              .setContradicted(contradicts(write.getPrevious(), known)));
    }

    private void end(StageMark mark) {
      Optional.ofNullable(current.get(lifecycle.field()))
          .flatMap(stage -> stage)
          .ifPresent(
              stage ->
                  announce(
                      mark,
                      change(mark, lifecycle.field(), StageVerdict.ENDED).setFromStage(stage)));
    }

    private void announce(StageMark mark, StageChange.Builder change) {
      if (StageMarks.isAfter(mark, settledUntil)) {
        changes.add(change.build());
      }
    }
  }

  private static boolean contradicts(Optional<String> claimed, Optional<String> known) {
    return claimed.isPresent() && known.isPresent() && !claimed.equals(known);
  }

  private StageChange.Builder change(StageMark mark, String field, StageVerdict verdict) {
    return StageChange.newBuilder()
        .setChangeId(
            "%s/%s|%s|%s".formatted(record.getType(), record.getId(), field, mark.getEventId()))
        .setStatus(StageTracker.DETECTED)
        .setRecord(record)
        .setLifecycle(lifecycle.name())
        .setField(field)
        .setVerdict(verdict.name())
        .setEventId(mark.getEventId())
        .setOccurredAt(EventOrder.occurredAt(mark.getStamp()));
  }
}
