package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.rule.Sequencing.Standing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SequencingTest {
  private static final OrderingRule RULE =
      new OrderingRule(Duration.ofSeconds(2), Duration.ofMinutes(5), 10);
  private static final OrderingRule NO_CREATION =
      new OrderingRule(Duration.ofSeconds(2), Duration.ZERO, 10);
  private static final long NOW = 1_000_000;
  private static final Event CREATED =
      TestEvent.of("lead.created", "lead/1").at(100).data("status", "new").build();

  @Test
  void letsCreationOfUnknownRecordGoAtOnce() {
    assertThat(place(CREATED, unknown())).isEqualTo(new Placement.Next());
  }

  @Test
  void holdsCreation_whenSomethingEarlierWaits() {
    Standing standing =
        new Standing(Sequencing.NOTHING_EMITTED, true, Optional::<RecordState>empty);

    assertThat(place(CREATED, standing)).isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 2_000));
  }

  @Test
  void letsUpdateOfUnknownRecordWaitForItsCreation() {
    assertThat(place(updated().build(), unknown()))
        .isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 300_000));
  }

  @Test
  void doesNotWaitForCreation_whereNoneIsEverSent() {
    Event paid = TestEvent.of("payment.succeeded", "payment/1").at(100).build();

    assertThat(Sequencing.place(paid, unknown(), NO_CREATION, NOW))
        .isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 2_000));
    assertThat(
            Sequencing.released(paid, Sequencing.NOTHING_EMITTED, NO_CREATION)
                .getMetadata()
                .getOrphan())
        .isFalse();
  }

  @Test
  void holdsUpdateOfKnownRecord_whenNothingProvesItIsNext() {
    assertThat(place(updated().build(), known()))
        .isEqualTo(new Placement.Wait(NOW + 2_000, NOW + 2_000));
  }

  @Test
  void letsUpdateGoAtOnce_whenItsPreviousValuesAreWhatWeHold() {
    Event next = updated().previous("status", "new").previous("owner", null).build();
    Event afterAnother = updated().previous("status", "open").build();

    assertThat(place(next, known())).isEqualTo(new Placement.Next());
    assertThat(place(afterAnother, known())).isInstanceOf(Placement.Wait.class);
  }

  @Test
  void letsUpdateGoAtOnce_whenItsSequenceIsContiguous() {
    RecordOrder order = new RecordOrder(EventOrder.position(CREATED), 7L, 0);
    Standing standing = new Standing(order, false, Optional::<RecordState>empty);

    assertThat(place(updated().sequence(8).build(), standing)).isEqualTo(new Placement.Next());
    assertThat(place(updated().sequence(9).build(), standing)).isInstanceOf(Placement.Wait.class);
  }

  @Test
  void callsLateWhatComesBeforeTheLastEmitted() {
    Event earlier = TestEvent.of("lead.updated", "lead/1").at(99).build();

    assertThat(place(earlier, known())).isEqualTo(new Placement.Late());
  }

  @Test
  void flagsFirstEventOfRecordWhoseCreationWasNeverSeen() {
    Event update = updated().build();

    assertThat(
            Sequencing.released(update, Sequencing.NOTHING_EMITTED, RULE).getMetadata().getOrphan())
        .isTrue();
    assertThat(Sequencing.released(update, known().order(), RULE)).isEqualTo(update);
    assertThat(Sequencing.released(CREATED, Sequencing.NOTHING_EMITTED, RULE)).isEqualTo(CREATED);
  }

  private static TestEvent updated() {
    return TestEvent.of("lead.updated", "lead/1").at(200).data("status", "won");
  }

  private static Placement place(Event event, Standing standing) {
    return Sequencing.place(event, standing, RULE, NOW);
  }

  private static Standing unknown() {
    return new Standing(Sequencing.NOTHING_EMITTED, false, Optional::<RecordState>empty);
  }

  private static Standing known() {
    return new Standing(
        new RecordOrder(EventOrder.position(CREATED), null, 0),
        false,
        () -> Optional.of(RecordMerge.merge(Optional.empty(), CREATED)));
  }
}
