package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.flow.score.Behaviour;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing to announce about a signal.
 *
 * @param announced the signal with its new status
 * @param before how it stood until now; empty when it is new
 */
public record SignalChange(Signal announced, Optional<Signal> before) {

  /** How it stands from now on; empty when it is taken back. */
  public Optional<Signal> after() {
    return announced.getStatus().equals(SignalDetector.RETRACTED)
        ? Optional.empty()
        : Optional.of(withStatus(announced, SignalDetector.DETECTED));
  }

  /**
   * What a score takes in of it: one more, one less, or one moved to another day. A correction
   * within the day says nothing new.
   */
  public List<Behaviour> behaviours(Instant arrival) {
    Optional<Signal> after =
        Optional.of(announced)
            .filter(signal -> !signal.getStatus().equals(SignalDetector.RETRACTED));
    if (before.map(SignalChange::day).equals(after.map(SignalChange::day))) {
      return List.of();
    }
    // One more before one less: where the points are capped, nobody sees a dip.
    return Stream.concat(
            after.map(signal -> Behaviour.of(signal, 1, arrival)).stream(),
            before.map(signal -> Behaviour.of(signal, -1, arrival)).stream())
        .toList();
  }

  private static LocalDate day(Signal signal) {
    return Behaviour.day(signal.getCompletedAt());
  }

  /** Of the signals that stood, those that are gone; of those that stand, what is new in them. */
  static List<SignalChange> between(List<Signal> before, List<Signal> after) {
    Map<String, Signal> stood = byId(before);
    Map<String, Signal> stands = byId(after);
    List<SignalChange> changes = new ArrayList<>();
    for (Signal signal : before) {
      if (!stands.containsKey(signal.getSignalId())) {
        changes.add(
            new SignalChange(withStatus(signal, SignalDetector.RETRACTED), Optional.of(signal)));
      }
    }
    for (Signal signal : after) {
      Optional<Signal> known = Optional.ofNullable(stood.get(signal.getSignalId()));
      if (known.isEmpty()) {
        changes.add(new SignalChange(signal, known));
      } else if (!known.get().equals(signal)) {
        changes.add(new SignalChange(withStatus(signal, SignalDetector.CORRECTED), known));
      }
    }
    return changes;
  }

  private static Map<String, Signal> byId(List<Signal> signals) {
    return signals.stream().collect(Collectors.toMap(Signal::getSignalId, Function.identity()));
  }

  private static Signal withStatus(Signal signal, String status) {
    return Signal.newBuilder(signal).setStatus(status).build();
  }
}
