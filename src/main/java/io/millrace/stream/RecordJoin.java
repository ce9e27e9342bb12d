package io.millrace.stream;

import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.rule.EventKeys;
import io.millrace.rule.Reason;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What the steps do that change a record without an event of its own. */
final class RecordJoin {
  private final ProcessorContext<String, Object> context;
  private final HandlerOutlet handlers;
  private final StepOutput output;
  private final RecordStates states;

  RecordJoin(
      String step,
      ProcessorContext<String, Object> context,
      HandlerOutlet handlers,
      FlowMetrics metrics) {
    this.context = context;
    this.handlers = handlers;
    this.output = new StepOutput(step, context, metrics);
    this.states = new RecordStates(context, output);
  }

  /** Changes the record as the rule says, and tells the handlers what readers see now. */
  void take(RecordRef record, Cause cause, Function<Optional<RecordState>, RecordState> rule) {
    Optional<RecordState> before = states.find(record);
    output
        .attempt(cause, () -> RecordStates.Change.of(record, before, rule.apply(before)))
        .filter(change -> !change.isNothingNew())
        .ifPresent(change -> make(change, cause));
  }

  private void make(RecordStates.Change change, Cause cause) {
    Optional<String> tooLarge = change.tooLarge();
    if (tooLarge.isPresent()) {
      output.refuse(cause, Reason.EVENT_TOO_LARGE, tooLarge.get());
      return;
    }
    states.make(change, cause);
    if (!change.before().equals(change.after())) {
      Joined joined = new Joined(change.record(), change.before(), change.after(), cause);
      handlers.offer(context, EventKeys.record(change.record()), joined);
    }
  }
}
