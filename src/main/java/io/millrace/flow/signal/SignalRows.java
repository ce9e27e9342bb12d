package io.millrace.flow.signal;

import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.MarkList;
import io.millrace.flow.timeline.MarkRows;
import io.millrace.flow.timeline.MutableMarks;
import io.millrace.flow.timeline.MutableTimeline;
import io.millrace.flow.timeline.TimelineList;
import io.millrace.flow.timeline.TimelineRows;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one signal rule remembers of one person, in the store of the step. Most people do little, so
 * all of it is one row, read and written once per event. A larger memory is spread over several
 * rows, so that the cost of an event depends on what it changes and not on what is remembered; it
 * stays spread until it is empty.
 */
public final class SignalRows {
  /** The most events and signals together in one row. */
  static final int MOST_IN_ONE = 16;

  private static final SignalMemory NOTHING = SignalMemory.newBuilder().build();
  private static final TimelineRows.Form<SignalMemory, Long> MARKS =
      new TimelineRows.Form<>('@', row -> NOTHING, memory -> 0L);
  private static final TimelineRows.Form<SignalMemory, Signal> STANDING =
      new TimelineRows.Form<>(
          '=',
          row -> SignalMemory.newBuilder().setDetected(List.of(row.value())).build(),
          memory -> memory.getDetected().getFirst());

  private final KeyValueStore<String, SignalMemory> store;
  private final String key;
  private final Optional<SignalMemory> memory;
  private final Optional<MarkList> fewMarks;
  private final Optional<TimelineList<Signal>> fewActive;
  private final MutableMarks marks;
  private final MutableTimeline<Signal> active;

  SignalRows(KeyValueStore<String, SignalMemory> store, SignalRule rule, String person) {
    this(store, RuleKey.of(rule.name(), person));
  }

  /**
   * The memory with a key.
   *
   * @param key the key of a memory
   */
  SignalRows(KeyValueStore<String, SignalMemory> store, String key) {
    this(store, key, Optional.ofNullable(store.get(key)));
  }

  private SignalRows(
      KeyValueStore<String, SignalMemory> store, String key, Optional<SignalMemory> memory) {
    this.store = store;
    this.key = key;
    this.memory = memory;
    if (memory.filter(SignalRows::isSpread).isPresent()) {
      fewMarks = Optional.empty();
      fewActive = Optional.empty();
      marks = markRows();
      active = activeRows();
    } else {
      MarkList few = new MarkList();
      TimelineList<Signal> signals = new TimelineList<>();
      memory.ifPresent(
          known -> {
            known.getMarks().forEach(mark -> few.add(Mark.of(mark), 0));
            known
                .getDetected()
                .forEach(signal -> signals.put(SignalDetector.completing(signal), signal));
          });
      fewMarks = Optional.of(few);
      fewActive = Optional.of(signals);
      marks = few;
      active = signals;
    }
  }

  SignalHistory history() {
    return new SignalHistory(memory, marks, active);
  }

  /** The last signal that can still change. */
  Optional<Signal> latest() {
    return active.before(Mark.LATEST, Mark.EARLIEST.occurredAt(), 1).stream()
        .findFirst()
        .map(row -> row.value());
  }

  void keep(SignalOutcome outcome) {
    outcome.changes().stream()
        .flatMap(change -> change.before().stream())
        .forEach(signal -> active.remove(SignalDetector.completing(signal)));
    outcome.changes().stream()
        .flatMap(change -> change.after().stream())
        .forEach(signal -> active.put(SignalDetector.completing(signal), signal));
    outcome.settled().forEach(signal -> active.remove(SignalDetector.completing(signal)));
    outcome.added().forEach(mark -> marks.add(mark, 0));
    outcome.forgotten().forEach(marks::remove);
    store.put(
        key,
        fewMarks.isPresent()
            ? inOneOrSpread(outcome.memory(), fewMarks.get(), fewActive.orElseThrow())
            : outcome.memory());
  }

  /** Removes the memory of a person without events: also how many signals there were. */
  void removeIfEmpty() {
    if (memory.filter(known -> known.getHeld() + known.getStanding() == 0).isPresent()) {
      store.put(key, null);
    }
  }

  /** Replaces the whole memory with what is left of it, if anything. */
  void replace(Optional<SignalMemory> left) {
    if (fewMarks.isEmpty()) {
      RuleKey.removeBehind(store, key);
    }
    store.put(key, left.orElse(null));
  }

  private SignalMemory inOneOrSpread(
      SignalMemory memory, MarkList few, TimelineList<Signal> signals) {
    if (few.rows().size() + signals.rows().size() > MOST_IN_ONE) {
      few.rows().forEach(row -> markRows().add(row.mark(), row.value()));
      signals.rows().forEach(row -> activeRows().put(row.mark(), row.value()));
      return memory;
    }
    return new SignalMemory(
        few.rows().stream().map(row -> row.mark().toActivityMark()).toList(),
        signals.rows().stream().map(row -> row.value()).toList(),
        memory.getSettledUntil().orElse(null),
        memory.getRule(),
        memory.getHeld(),
        memory.getHeldSince().orElse(null),
        memory.getStanding(),
        memory.getSettledSignals(),
        memory.getSettledBy().orElse(null),
        memory.getHeardAt().orElse(null));
  }

  private MarkRows<SignalMemory> markRows() {
    return new MarkRows<>(store, key, MARKS, NOTHING);
  }

  private TimelineRows<SignalMemory, Signal> activeRows() {
    return new TimelineRows<>(store, key, STANDING);
  }

  private static boolean isSpread(SignalMemory memory) {
    return memory.getMarks().isEmpty()
        && memory.getDetected().isEmpty()
        && memory.getHeld() + memory.getStanding() > 0;
  }
}
