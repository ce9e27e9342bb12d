package io.millrace.flow.stage;

import io.millrace.event.FieldWrite;
import io.millrace.event.StageMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the changes in a record's lifecycle by scanning its events in order. */
final class StageScan {
  private final Lifecycle lifecycle;

  StageScan(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** All current changes, without the settled ones. */
  List<StageMove> moves(List<StageMark> marks, Optional<String> settledUntil) {
    List<StageMove> moves = new ArrayList<>();
    List<List<StageMark>> lives = lives(marks);
    for (int number = 0; number < lives.size(); number++) {
      boolean isCreated = lives.get(number).stream().anyMatch(StageMark::getCreates);
      // After a deletion the record is not visible until it is created again.
      if (number == 0 || isCreated) {
        new Life(isCreated, settledUntil, moves).live(lives.get(number));
      }
    }
    return moves;
  }

  /**
   * Whether the last mark leaves all earlier changes as they are: unless it is the first creation
   * of its life.
   */
  boolean leavesAsIs(List<StageMark> marks) {
    return !marks.getLast().getCreates() || createdBefore(marks);
  }

  /**
   * The changes of the last mark alone. The cost depends on the distance to the previous writes of
   * the same fields; no other move is judged.
   */
  List<StageMove> movesOfLast(List<StageMark> marks) {
    List<StageMove> moves = new ArrayList<>();
    StageMark last = marks.getLast();
    int start = startOfLife(marks);
    boolean isCreated = createdSince(start, marks);
    if (start == 0 || isCreated) {
      Life life = new Life(isCreated, Optional.empty(), moves);
      life.takeUp(marks.subList(start, marks.size() - 1), last);
      life.live(List.of(last));
    }
    return moves;
  }

  private static boolean createdBefore(List<StageMark> marks) {
    return createdSince(startOfLife(marks), marks.subList(0, marks.size() - 1));
  }

  private static boolean createdSince(int start, List<StageMark> marks) {
    for (int i = start; i < marks.size(); i++) {
      if (marks.get(i).getCreates()) {
        return true;
      }
    }
    return false;
  }

  /** The start of the life that contains the last mark. */
  private static int startOfLife(List<StageMark> marks) {
    int start = marks.size() - 1;
    while (start > 0 && !marks.get(start - 1).getDeletes()) {
      start--;
    }
    return start;
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

  /** From a creation to a deletion: no change spans two lives. */
  private final class Life {
    private final boolean isCreated;
    private final Optional<String> settledUntil;
    private final List<StageMove> moves;

    /** The last value of each field; empty if it was cleared. */
    private final Map<String, Optional<String>> current = new HashMap<>();

    Life(boolean isCreated, Optional<String> settledUntil, List<StageMove> moves) {
      this.isCreated = isCreated;
      this.settledUntil = settledUntil;
      this.moves = moves;
    }

    /** Loads the values of earlier marks of the same life that the next one needs. */
    void takeUp(List<StageMark> earlier, StageMark next) {
      Set<String> wanted = new HashSet<>();
      next.getWrites().forEach(write -> wanted.add(write.getField()));
      if (next.getDeletes()) {
        wanted.add(lifecycle.field());
      }
      for (int i = earlier.size() - 1; i >= 0 && !wanted.isEmpty(); i--) {
        List<FieldWrite> writes = earlier.get(i).getWrites();
        for (int j = writes.size() - 1; j >= 0; j--) {
          takeUp(writes.get(j), wanted);
        }
      }
    }

    private void takeUp(FieldWrite write, Set<String> wanted) {
      boolean isStage = write.getField().equals(lifecycle.field());
      // A cleared stage is ignored, and the previous one remains.
      if ((isStage && write.getValue().isEmpty()) || !wanted.remove(write.getField())) {
        return;
      }
      current.put(
          write.getField(),
          isStage ? write.getValue().map(lifecycle.names()::of) : write.getValue());
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
      found(new StageMove(mark, write.getField(), from, to, judgement, claimed, known));
    }

    private void watched(StageMark mark, FieldWrite write) {
      boolean isFirst = !current.containsKey(write.getField());
      Optional<String> known = current.getOrDefault(write.getField(), Optional.empty());
      current.put(write.getField(), write.getValue());
      if (write.getValue().equals(known)) {
        return;
      }
      Optional<String> claimed = write.getPrevious();
      Optional<String> from =
          isFirst ? claimed.filter(value -> !write.getValue().equals(Optional.of(value))) : known;
      StageVerdict verdict =
          isFirst && from.isEmpty() ? StageVerdict.INITIAL : StageVerdict.CHANGED;
      found(
          new StageMove(
              mark,
              write.getField(),
              from,
              write.getValue(),
              Lifecycle.Judgement.of(verdict),
              claimed,
              known));
    }

    private void end(StageMark mark) {
      Optional<String> known = current.getOrDefault(lifecycle.field(), Optional.empty());
      if (known.isPresent()) {
        found(
            new StageMove(
                mark,
                lifecycle.field(),
                known,
                Optional.empty(),
                Lifecycle.Judgement.of(StageVerdict.ENDED),
                Optional.empty(),
                known));
      }
    }

    private void found(StageMove move) {
      if (StageMarks.isAfter(move.mark(), settledUntil)) {
        moves.add(move);
      }
    }
  }
}
