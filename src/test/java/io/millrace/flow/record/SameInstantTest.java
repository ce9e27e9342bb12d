package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import io.millrace.flow.testing.TestEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SameInstantTest {
  private final Random random = new Random(5);

  @Test
  void changeThatFollowsAnotherWins_whateverTheirIds() {
    assertThat(last(write("z", "new", "open"), write("a", "open", "won"))).contains("won");
    assertThat(last(write("a", "new", "open"), write("z", "open", "won"))).contains("won");
  }

  @Test
  void chainMayBeginWithAWriteThatGivesNoPreviousValue() {
    assertThat(last(write("z", "open"), write("a", "open", "won"))).contains("won");
  }

  @Test
  void valueThatComesBackIsTheLast() {
    assertThat(last(write("z", "new", "won"), write("y", "won", "lost"), write("a", "lost", "won")))
        .contains("won");
  }

  @Test
  void clearedFieldIsAValueLikeAnyOther() {
    assertThat(last(write("z", "new", "open"), write("a", "open", null))).isEmpty();
    assertThat(last(write("z", "open", null), write("a", null, "won"))).contains("won");
  }

  @Test
  void changeToldTwiceCountsOnce() {
    assertThat(
            last(
                write("z", "new", "open"),
                write("y", "new", "open"),
                write("x", "open"),
                write("a", "open", "won")))
        .contains("won");
  }

  @Test
  void greatestIdWins_wherePreviousValuesDecideNothing() {
    assertThat(last(write("a", "new", "open"), write("z", "new", "won"))).contains("won");
    assertThat(last(write("a", "open", "won"), write("z", "won", "open"))).contains("open");
    assertThat(last(write("a", "x"), write("z", "y"))).contains("y");
    assertThat(last(write("z", "same", "same"), write("a", "new", "open"))).contains("same");
  }

  @Test
  void otherSourceTimeOrNumberIsNotOrderedByPreviousValues() {
    TestEvent first = write("z", "new", "open");

    assertThat(last(first, write("a", "open", "won").source("aaa"))).contains("open");
    assertThat(last(write("z", "new", "open").at(21), write("a", "open", "won"))).contains("open");
    assertThat(last(write("z", "new", "open").sequence(2), write("a", "open", "won").sequence(1)))
        .contains("open");
    assertThat(last(write("z", "new", "open").sequence(2), write("a", "open", "won").sequence(2)))
        .contains("won");
  }

  @Test
  void partsOfObjectsAndLongTextsProveNothing() {
    String text = "x".repeat(256);

    assertThat(last(write("z", "{}", "[1]"), write("a", "[1]", "[2]"))).contains("[1]");
    assertThat(last(write("z", "new", text), write("a", text, "won"))).contains(text);
  }

  @Test
  void replayTakesThePlaceOfItsOriginal() {
    assertThat(
            last(
                write("z", "new", "open"),
                write("a", "open", "won"),
                write("a", "new", "lost").replay(1)))
        .contains("open");
    assertThat(
            last(write("z", "new", "open"), write("a", "open", "won"), write("a", "x").replay(1)))
        .contains("open");
  }

  @Test
  void remembersNoMoreThanAreCompared() {
    List<TestEvent> writes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      writes.add(write("e%04d".formatted(i), "v" + i, "v" + (i + 1)));
      writes.add(write("f%04d".formatted(i), "w" + i));
    }

    FieldState field = field(state(writes));

    assertThat(field.getRivals()).hasSize(SameInstant.MOST_COMPARED);
    assertThat(field.getRivals()).allSatisfy(rival -> assertThat(rival.getRivals()).isEmpty());
    assertThat(field.getValue()).contains("w999");
  }

  @Test
  void writesWithoutPreviousValuesLeaveNoRivals() {
    FieldState field = field(state(List.of(write("a", "x"), write("b", "y"), write("c", "z"))));

    assertThat(field.getRivals()).isEmpty();
    assertThat(field.getValue()).contains("z");
  }

  /** The value after these writes, which is the same in any order. */
  private Optional<String> last(TestEvent... writes) {
    List<TestEvent> order = new ArrayList<>(List.of(writes));
    RecordState expected = state(order);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(order, random);
      assertThat(state(order)).isEqualTo(expected);
    }
    return field(expected).getValue();
  }

  private static FieldState field(RecordState state) {
    return Optional.ofNullable(state.getFields().get("status")).orElseThrow();
  }

  private static RecordState state(List<TestEvent> writes) {
    RecordState state = StateJoin.NOTHING_KNOWN;
    for (TestEvent write : writes) {
      state = RecordMerge.merge(Optional.of(state), write.build());
    }
    return state;
  }

  private static TestEvent write(String id, @Nullable String before, @Nullable String after) {
    return write(id, after).previous("status", before);
  }

  private static TestEvent write(String id, @Nullable String after) {
    return TestEvent.of("lead.updated", "lead/1").id(id).at(20).data("status", after);
  }
}
