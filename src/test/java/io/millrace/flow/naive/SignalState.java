package io.millrace.flow.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.event.SignalPart;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.signal.SignalChange;
import io.millrace.flow.signal.SignalDetector;
import io.millrace.flow.signal.SignalHistory;
import io.millrace.flow.signal.SignalMembers;
import io.millrace.flow.signal.SignalOutcome;
import io.millrace.flow.signal.SignalRule;
import java.util.List;
import java.util.Optional;

/** What a signal rule remembers of one person, kept as the step keeps it. */
public final class SignalState {
  public final ListedMarks marks = new ListedMarks();
  public final ListedTimeline<Signal> active = new ListedTimeline<>();
  public Optional<SignalMemory> memory = Optional.empty();

  /** What is announced of one more event. */
  public List<SignalChange> add(SignalRule rule, String person, Engagement engagement) {
    Optional<SignalOutcome> outcome =
        new SignalDetector(rule).add(new SignalHistory(memory, marks, active), person, engagement);
    outcome.ifPresent(this::keep);
    return outcome.map(SignalOutcome::changes).orElse(List.of());
  }

  /** What an identifier takes with it. */
  public Optional<SignalMembers.Parting> depart(SignalRule rule, String person, String of) {
    Optional<SignalMembers.Parting> parting =
        new SignalMembers(rule).depart(new SignalHistory(memory, marks, active), person, of);
    parting.ifPresent(parted -> keep(parted.outcome()));
    return parting;
  }

  /** What is announced of the history of an identifier. */
  public List<SignalChange> join(SignalRule rule, String person, String of, SignalPart part) {
    Optional<SignalOutcome> outcome =
        new SignalMembers(rule).join(new SignalHistory(memory, marks, active), person, of, part);
    outcome.ifPresent(this::keep);
    return outcome.map(SignalOutcome::changes).orElse(List.of());
  }

  private void keep(SignalOutcome outcome) {
    for (SignalChange change : outcome.changes()) {
      change
          .before()
          .ifPresent(
              signal ->
                  assertThat(active.rows.remove(SignalDetector.completing(signal)))
                      .isEqualTo(signal));
    }
    for (SignalChange change : outcome.changes()) {
      change
          .after()
          .ifPresent(
              signal ->
                  assertThat(active.rows.put(SignalDetector.completing(signal), signal)).isNull());
    }
    for (Signal signal : outcome.settled()) {
      assertThat(active.rows.remove(SignalDetector.completing(signal))).isEqualTo(signal);
    }
    outcome.added().forEach(mark -> marks.add(mark, 0));
    outcome.forgotten().forEach(marks::forget);
    memory = Optional.of(outcome.memory());
    assertThat(outcome.memory().getHeld()).isEqualTo(marks.rows.size());
    assertThat(outcome.memory().getStanding()).isEqualTo(active.rows.size());
  }
}
