package io.millrace.stream;

import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.rule.SignalDetector;
import io.millrace.rule.SignalHistory;
import io.millrace.rule.SignalOutcome;
import io.millrace.rule.SignalRule;
import io.millrace.rule.SignalUpgrade;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** What one signal rule remembers of one person, in the stores of the step. */
final class SignalRows {
  private final KeyValueStore<String, SignalMemory> memories;
  private final String key;
  private final MarkRows marks;
  private final TimelineRows<Signal> standing;

  SignalRows(
      KeyValueStore<String, SignalMemory> memories,
      KeyValueStore<String, Long> marks,
      KeyValueStore<String, Signal> standing,
      SignalRule rule,
      String person) {
    this.memories = memories;
    this.key = rule.name() + "/" + person;
    this.marks = new MarkRows(marks, rule.name(), person);
    this.standing = new TimelineRows<>(standing, rule.name(), person);
  }

  /** What is remembered; what version 1 wrote is brought into today's form first. */
  SignalHistory history() {
    Optional<SignalMemory> memory = Optional.ofNullable(memories.get(key));
    return new SignalHistory(memory.map(this::upgraded), marks, standing);
  }

  void keep(SignalOutcome outcome) {
    outcome.changes().stream()
        .flatMap(change -> change.before().stream())
        .forEach(signal -> standing.remove(SignalDetector.completing(signal)));
    outcome.changes().stream()
        .flatMap(change -> change.after().stream())
        .forEach(signal -> standing.put(SignalDetector.completing(signal), signal));
    outcome.settled().forEach(signal -> standing.remove(SignalDetector.completing(signal)));
    marks.add(outcome.added(), 0);
    outcome.forgotten().forEach(marks::forget);
    memories.put(key, outcome.memory());
  }

  private SignalMemory upgraded(SignalMemory memory) {
    if (!SignalUpgrade.isNeeded(memory)) {
      return memory;
    }
    SignalUpgrade upgrade = SignalUpgrade.of(memory);
    upgrade.marks().forEach(mark -> marks.add(mark, 0));
    upgrade.standing().forEach(signal -> standing.put(SignalDetector.completing(signal), signal));
    memories.put(key, upgrade.memory());
    return upgrade.memory();
  }
}
