package io.millrace.flow.signal;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.pricingVisit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.ActivityMark;
import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.event.SignalPart;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.naive.SignalState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignalMembersTest {
  private static final String ANN = "ann";
  private static final String BOB = "bob";
  private static final String COOKIE = "cookie";

  /** Three in ten hours, then ten hours' rest. */
  private static final SignalRule THREE = rule(Duration.ofDays(7));

  /** The same, and all is final after twenty hours. */
  private static final SignalRule SOON_FINAL = rule(Duration.ofHours(20));

  private final SignalState ann = new SignalState();
  private final SignalState bob = new SignalState();

  @Test
  void takesASignalBackThatNeedsWhatHasLeft() {
    visit(ann, THREE, ANN, ANN, 0, 4);
    visit(ann, THREE, ANN, COOKIE, 2);

    SignalMembers.Parting parting = ann.depart(THREE, ANN, COOKIE).orElseThrow();

    assertThat(said(parting.outcome().changes())).containsExactly("RETRACTED ann|three|1 by ann");
    assertThat(parting.part().getMarks())
        .containsExactly(new ActivityMark(NOON.plus(Duration.ofHours(2)), "site/cookie2", ""));
    assertThat(ann.depart(THREE, ANN, COOKIE)).isEmpty();
  }

  @Test
  void correctsASignalThatTheOthersCompleteLater() {
    visit(ann, THREE, ANN, ANN, 0, 4);
    visit(ann, THREE, ANN, COOKIE, 2);
    visit(ann, THREE, ANN, ANN, 6);

    SignalMembers.Parting parting = ann.depart(THREE, ANN, COOKIE).orElseThrow();

    assertThat(parting.outcome().changes())
        .extracting(change -> change.announced().getEventIds())
        .containsExactly(List.of("site/ann0", "site/ann4", "site/ann6"));
    assertThat(said(parting.outcome().changes())).containsExactly("CORRECTED ann|three|1 by ann");
  }

  @Test
  void movesTheCountOfASignalThatAnotherIdentifierCompletesNow() {
    visit(ann, THREE, ANN, ANN, 0, 1);
    visit(ann, THREE, ANN, COOKIE, 2);
    visit(ann, THREE, ANN, ANN, 3);

    List<SignalChange> changes = ann.depart(THREE, ANN, COOKIE).orElseThrow().outcome().changes();

    assertThat(said(changes)).containsExactly("CORRECTED ann|three|1 by ann");
    assertThat(changes.getFirst().scoreInputs(NOON))
        .as("one more for ann, one less for the cookie, on the same day")
        .extracting(input -> input.counts().get("signal:three"))
        .containsExactly(1L, -1L);
  }

  @Test
  void findsWhatTwoIdentifiersDidTogether() {
    visit(bob, THREE, BOB, BOB, 0, 4);
    visit(ann, THREE, ANN, COOKIE, 2);

    SignalPart part = ann.depart(THREE, ANN, COOKIE).orElseThrow().part();
    List<SignalChange> changes = bob.join(THREE, BOB, COOKIE, part);

    assertThat(said(changes)).containsExactly("DETECTED bob|three|1 by bob");
    assertThat(bob.join(THREE, BOB, COOKIE, part)).as("once").isEmpty();
  }

  @Test
  void knowsAnEventThatCameBeforeItsHistory() {
    visit(ann, THREE, ANN, COOKIE, 0, 1);
    SignalPart part = ann.depart(THREE, ANN, COOKIE).orElseThrow().part();
    visit(bob, THREE, BOB, COOKIE, 1);

    assertThat(bob.join(THREE, BOB, COOKIE, part)).isEmpty();

    assertThat(bob.marks.rows).hasSize(2);
  }

  @Test
  void keepsASignalOfSettledTimeThatOnlyTheNewcomerForms() {
    visit(ann, SOON_FINAL, ANN, COOKIE, 0, 1, 2);
    visit(bob, SOON_FINAL, BOB, BOB, 40, 41, 42);

    SignalMembers.Parting parting = ann.depart(SOON_FINAL, ANN, COOKIE).orElseThrow();
    List<SignalChange> changes = bob.join(SOON_FINAL, BOB, COOKIE, parting.part());

    assertThat(said(parting.outcome().changes()))
        .containsExactly("RETRACTED ann|three|1 by cookie");
    assertThat(said(changes))
        .as("numbers stay unique, and follow the time as far as it is not settled")
        .containsExactly("CORRECTED bob|three|1 by cookie", "DETECTED bob|three|2 by bob");
    assertThat(bob.memory.orElseThrow().getSettledSignals()).isEqualTo(1);
    assertThat(bob.active.rows).hasSize(1);
  }

  @Test
  void doesNotPutOldEventsAmongThoseThatAreSettled() {
    visit(ann, SOON_FINAL, ANN, COOKIE, 1);
    visit(bob, SOON_FINAL, BOB, BOB, 0, 2, 42);

    SignalPart part = ann.depart(SOON_FINAL, ANN, COOKIE).orElseThrow().part();

    assertThat(bob.join(SOON_FINAL, BOB, COOKIE, part)).isEmpty();
  }

  @Test
  void neverUsesAgainWhatASettledSignalHasUsed() {
    visit(ann, SOON_FINAL, ANN, ANN, 0, 1);
    visit(ann, SOON_FINAL, ANN, COOKIE, 2, 30);
    visit(bob, SOON_FINAL, BOB, BOB, 3, 4);

    SignalMembers.Parting parting = ann.depart(SOON_FINAL, ANN, COOKIE).orElseThrow();
    List<SignalChange> changes = bob.join(SOON_FINAL, BOB, COOKIE, parting.part());

    assertThat(parting.outcome().changes()).as("it is final").isEmpty();
    assertThat(parting.part().getMarks())
        .extracting(ActivityMark::getEventId)
        .containsExactly("site/cookie30");
    assertThat(changes).isEmpty();
    assertThat(ann.memory.orElseThrow().getSettledSignals())
        .as("its number stays used")
        .isEqualTo(1);
  }

  @Test
  void takesTheCooldownOfASettledSignalAlong() {
    visit(ann, SOON_FINAL, ANN, COOKIE, 0, 1, 2, 23);
    visit(bob, SOON_FINAL, BOB, BOB, 9, 10, 11);

    SignalPart part = ann.depart(SOON_FINAL, ANN, COOKIE).orElseThrow().part();

    assertThat(part.getSettledBy().orElseThrow().getEventId()).isEqualTo("site/cookie2");
    assertThat(said(bob.join(SOON_FINAL, BOB, COOKIE, part)))
        .containsExactly("RETRACTED bob|three|1 by bob");
  }

  @Test
  void remembersNoMoreOfManyThanOfOne() {
    SignalRule rule = THREE;
    for (int each = 0; each < Cutoff.MAX_MARKS; each++) {
      ann.add(rule, ANN, new Engagement(second(COOKIE, 2 * each), activity()));
      bob.add(rule, BOB, new Engagement(second(BOB, 2 * each + 1), activity()));
    }

    SignalPart part = ann.depart(rule, ANN, COOKIE).orElseThrow().part();
    bob.join(rule, BOB, COOKIE, part);

    assertThat(part.getMarks()).hasSizeGreaterThan(Cutoff.MAX_MARKS / 2);
    assertThat(bob.marks.rows).hasSizeLessThan(Cutoff.MAX_MARKS + rule.count());
    assertThat(ann.marks.rows).isEmpty();
  }

  private static Event second(String identifier, int second) {
    return pricingVisit(identifier, identifier + second, NOON.plusSeconds(second));
  }

  private static void visit(
      SignalState state, SignalRule rule, String person, String identifier, int... hours) {
    for (int hour : hours) {
      state.add(
          rule,
          person,
          new Engagement(
              pricingVisit(identifier, identifier + hour, NOON.plus(Duration.ofHours(hour))),
              activity()));
    }
  }

  private static List<String> said(List<SignalChange> changes) {
    return changes.stream().map(SignalChange::announced).map(SignalMembersTest::text).toList();
  }

  private static String text(Signal signal) {
    return signal.getStatus() + " " + signal.getSignalId() + " by " + signal.getIdentifier();
  }

  private static List<String> activity() {
    return List.of("pricing-visit");
  }

  private static SignalRule rule(Duration remember) {
    return new SignalRule(
        "three",
        "Three visits",
        "pricing-visit",
        3,
        Duration.ofHours(10),
        Duration.ofHours(10),
        remember);
  }
}
