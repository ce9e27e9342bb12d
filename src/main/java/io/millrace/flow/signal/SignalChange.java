package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.flow.score.ScoreInput;
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
 * A change of a signal to announce.
 *
 * @param announced the signal with its new status
 * @param before the signal until now; empty when it is new
 */
public record SignalChange(Signal announced, Optional<Signal> before) {

  /** The signal from now on; empty when it is retracted. */
  public Optional<Signal> after() {
    return announced.getStatus().equals(SignalDetector.RETRACTED)
        ? Optional.empty()
        : Optional.of(withStatus(announced, SignalDetector.DETECTED));
  }

  /**
   * The inputs of the score: one more, one less, or one moved to another day or identifier. A
   * correction within both changes nothing.
   */
  public List<ScoreInput> scoreInputs(Instant arrival) {
    Optional<Signal> after =
        Optional.of(announced)
            .filter(signal -> !signal.getStatus().equals(SignalDetector.RETRACTED));
    if (before.map(Counted::of).equals(after.map(Counted::of))) {
      return List.of();
    }
    // One more before one less, so that capped points show no dip.
    return Stream.concat(
            after.map(signal -> ScoreInput.of(signal, 1, arrival)).stream(),
            before.map(signal -> ScoreInput.of(signal, -1, arrival)).stream())
        .toList();
  }

  /** Where the score counts a signal. */
  private record Counted(LocalDate day, String identifier) {
    static Counted of(Signal signal) {
      return new Counted(ScoreInput.day(signal.getCompletedAt()), signal.getIdentifier());
    }
  }

  /** The signals that are gone, and those that are new or differ. */
  static List<SignalChange> between(List<Signal> before, List<Signal> after) {
    Map<String, Signal> earlier = byId(before);
    Map<String, Signal> current = byId(after);
    List<SignalChange> changes = new ArrayList<>();
    for (Signal signal : before) {
      if (!current.containsKey(signal.getSignalId())) {
        changes.add(
            new SignalChange(withStatus(signal, SignalDetector.RETRACTED), Optional.of(signal)));
      }
    }
    for (Signal signal : after) {
      Optional<Signal> known = Optional.ofNullable(earlier.get(signal.getSignalId()));
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
