package io.millrace.flow.record;

import io.millrace.event.RecordHistory;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.format.EncodedSize;
import io.millrace.model.EventKeys;
import io.millrace.model.EventSize;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The states of records, for the steps that change them. After every change, new information is
 * sent to the records it was merged into, and hidden fields are scheduled for removal.
 */
public final class RecordStates {
  public static final String STATE = "record-state";

  /** What was erased, so that nothing on its way brings it back. */
  public static final String ERASED = "erased-records";

  private static final int MOST_FORGOTTEN_AT_ONCE = 1_000;

  private final StepOutput output;
  private final KeyValueStore<String, RecordState> states;
  private final FieldsToForget toForget;
  private final ProcessorContext<?, ?> context;

  RecordStates(ProcessorContext<?, ?> context, StepOutput output) {
    this.context = context;
    this.output = output;
    this.states = context.getStateStore(STATE);
    this.toForget = new FieldsToForget(context.getStateStore(FieldsToForget.DUE));
  }

  /** A pending change of a state, and what readers see before and after it. */
  record Change(
      RecordRef record,
      Optional<RecordState> stateBefore,
      RecordState state,
      Optional<VisibleRecord> before,
      Optional<VisibleRecord> after) {

    static Change of(RecordRef record, Optional<RecordState> before, RecordState after) {
      String id = record.getId();
      return new Change(
          record,
          before,
          after,
          before.flatMap(state -> RecordMerge.visible(id, state)),
          RecordMerge.visible(id, after));
    }

    boolean isNothingNew() {
      return stateBefore.filter(state::equals).isPresent();
    }

    /** The error, if it is larger than its topics accept. */
    Optional<String> tooLarge() {
      return EncodedSize.isAtMost(EventSize.MAX_STATE_BYTES, state)
          ? Optional.empty()
          : Optional.of(
              "With this event, %s would have %d bytes; the limit is %d. Map fewer fields to it."
                  .formatted(
                      EventKeys.record(record), EncodedSize.of(state), EventSize.MAX_STATE_BYTES));
    }
  }

  /** What is known of a record. */
  Optional<RecordState> find(RecordRef record) {
    return Optional.ofNullable(states.get(EventKeys.record(record)));
  }

  /** Makes a change. */
  void make(Change change, Cause cause) {
    RecordRef record = change.record();
    states.put(EventKeys.record(record), change.state());
    Forgetting.hiddenThrough(record.getId(), change.state())
        .ifPresent(
            through ->
                toForget.add(EventKeys.record(record), through, context.currentStreamTimeMs()));
    for (RecordHistory history : Histories.toSend(record, change.stateBefore(), change.state())) {
      output.write(
          Topics.RECORD_HISTORIES, EventKeys.record(history.getSurvivor()), history, cause);
    }
  }

  /** Removes all that is known of a record. */
  void erase(RecordRef record) {
    states.put(EventKeys.record(record), null);
    toForget.removeAll(EventKeys.record(record), context.currentStreamTimeMs());
  }

  /**
   * Removes fields that have been hidden long enough at {@code now}, milliseconds since the epoch.
   */
  void forgetDue(long now) {
    for (FieldsToForget.Row row : toForget.due(now, MOST_FORGOTTEN_AT_ONCE)) {
      Optional<RecordState> state = Optional.ofNullable(states.get(row.record()));
      state.ifPresent(
          held -> states.put(row.record(), Forgetting.forget(id(row), held, row.through())));
      toForget.remove(row);
    }
  }

  private static String id(FieldsToForget.Row row) {
    return row.record().substring(row.record().indexOf('/') + 1);
  }
}
