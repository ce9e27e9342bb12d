package io.millrace.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.FieldState;
import io.millrace.event.RecordHistory;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventOrder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForgettingTest {
  private static final RecordRef A = new RecordRef("lead", "A");

  @Test
  void recordThatIsSeenAsItIsHasNothingToForget() {
    RecordState state = state(updated(1));

    assertThat(Forgetting.hiddenThrough("A", state)).isEmpty();
    assertThat(Forgetting.forget("A", state, "g")).isEqualTo(state);
  }

  @Test
  void forgetsWhatADeletionHid_andKeepsWhatCameLater() {
    RecordState state = state(updated(1), TestEvent.of("lead.deleted", "lead/A").at(2), created(3));

    assertThat(Forgetting.hiddenThrough("A", state)).contains(stamp(updated(1)));
    RecordState left = Forgetting.forget("A", state, stamp(updated(1)));
    assertThat(left.getFields()).containsOnlyKeys("f3");
    assertThat(RecordMerge.visible("A", left)).isEqualTo(RecordMerge.visible("A", state));
    assertThat(Forgetting.hiddenThrough("A", left)).isEmpty();
  }

  @Test
  void forgetsNothingThatWasHiddenLater() {
    RecordState state = state(updated(1), updated(2), TestEvent.of("lead.deleted", "lead/A").at(3));

    RecordState left = Forgetting.forget("A", state, stamp(updated(1)));

    assertThat(left.getFields()).containsOnlyKeys("f2");
  }

  @Test
  void recordThatWasMergedForgetsAllItKnows() {
    RecordState merged = merged(state(updated(1), updated(5)), "B", 2);

    assertThat(Forgetting.hiddenThrough("A", merged)).contains(stamp(updated(5)));
    assertThat(Forgetting.forget("A", merged, stamp(updated(5))).getFields()).isEmpty();
  }

  @Test
  void forgetsTheFormerLifeOfARecordItTookIn() {
    RecordState former =
        state(updated(1), TestEvent.of("lead.deleted", "lead/B").at(2), created(3));
    RecordState state = took(state(updated(1)), merged(former, "A", 4));

    RecordState left =
        Forgetting.forget("A", state, Forgetting.hiddenThrough("A", state).orElseThrow());

    assertThat(left.getFields()).containsOnlyKeys("f1");
    assertThat(joinedFields(left)).containsOnlyKeys("f3");
    assertThat(RecordMerge.visible("A", left)).isEqualTo(RecordMerge.visible("A", state));
  }

  @Test
  void forgetsNothingOfARecordItTookInThatWasHiddenLater() {
    RecordState former =
        state(updated(1), updated(2), TestEvent.of("lead.deleted", "lead/B").at(3), created(4));
    RecordState state = took(state(updated(1)), merged(former, "A", 5));

    RecordState left = Forgetting.forget("A", state, stamp(updated(1)));

    assertThat(joinedFields(left)).containsOnlyKeys("f2", "f4");
    assertThat(left.getFields()).containsOnlyKeys("f1");
    RecordState moved = took(state(updated(2)), merged(merged(former, "A", 5), "C", 6));
    assertThat(joinedFields(Forgetting.forget("A", moved, stamp(updated(1)))))
        .containsOnlyKeys("f2", "f4");
  }

  @Test
  void forgetsARecordThatAnotherTookOver() {
    RecordState moved = merged(merged(state(updated(1)), "A", 4), "C", 5);
    RecordState state = took(state(updated(2)), moved);

    RecordState left = Forgetting.forget("A", state, "g");

    assertThat(left.getFields()).containsOnlyKeys("f2");
    assertThat(joinedFields(left)).isEmpty();
  }

  private static Map<String, FieldState> joinedFields(RecordState state) {
    return Optional.ofNullable(state.getJoined().get("B")).orElseThrow().getFields();
  }

  private static RecordState took(RecordState state, RecordState joined) {
    return Histories.receive(Optional.of(state), new RecordHistory(A, "B", joined));
  }

  private static RecordState merged(RecordState state, String survivor, long at) {
    Event event = TestEvent.of("lead.merged", "lead/" + survivor).at(at).build();
    return Histories.note(
        Optional.of(state),
        new RecordMerged(
            A,
            survivor,
            EventOrder.stamp(event),
            event.getSource(),
            event.getEventId(),
            event.getOccurredAt()));
  }

  private static RecordState state(TestEvent... events) {
    RecordState state = StateJoin.NOTHING_KNOWN;
    for (TestEvent event : events) {
      state = RecordMerge.merge(Optional.of(state), event.build());
    }
    return state;
  }

  private static TestEvent updated(long at) {
    return TestEvent.of("lead.updated", "lead/A").id("updated-" + at).at(at).data("f" + at, "v");
  }

  private static TestEvent created(long at) {
    return TestEvent.of("lead.created", "lead/A").id("created-" + at).at(at).data("f" + at, "v");
  }

  private static String stamp(TestEvent event) {
    return EventOrder.stamp(event.build());
  }
}
