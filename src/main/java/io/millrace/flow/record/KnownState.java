package io.millrace.flow.record;

import io.millrace.event.RecordState;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A record's state before one event, read lazily and only once: the ordering decision uses it
 * several times, and the merge once more.
 */
public final class KnownState implements Supplier<Optional<RecordState>> {
  private final KeyValueStore<String, RecordState> states;
  private final String record;
  private Optional<RecordState> state = Optional.empty();
  private Optional<HeldFields> held = Optional.empty();
  private boolean isRead;

  public KnownState(KeyValueStore<String, RecordState> states, String record) {
    this.states = states;
    this.record = record;
  }

  @Override
  public Optional<RecordState> get() {
    if (!isRead) {
      state = Optional.ofNullable(states.get(record));
      isRead = true;
    }
    return state;
  }

  /** The current fields; empty if nothing is known of the record. */
  public Optional<HeldFields> held() {
    if (held.isEmpty()) {
      String id = record.substring(record.indexOf('/') + 1);
      held = get().map(known -> new HeldFields(id, known));
    }
    return held;
  }
}
