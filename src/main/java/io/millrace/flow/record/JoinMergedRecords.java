package io.millrace.flow.record;

import io.millrace.event.RecordHistory;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.flow.erase.ErasedSubjects;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.model.EventKeys;
import io.millrace.model.Reason;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Changes records according to messages from other records because of a merge, without an event of
 * their own, and forwards the change to the handlers.
 */
public final class JoinMergedRecords<V extends SpecificRecord>
    implements Processor<String, V, String, Object> {
  public static final String NOTE_MERGED = "note-merged-records";
  public static final String JOIN_HISTORIES = "join-record-histories";

  private final String name;
  private final Function<V, RecordRef> changed;
  private final BiFunction<Optional<RecordState>, V, RecordState> rule;
  private final HandlerOutlet handlers;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private RecordStates states;
  private ErasedSubjects erased;

  private JoinMergedRecords(
      String name,
      Function<V, RecordRef> changed,
      BiFunction<Optional<RecordState>, V, RecordState> rule,
      HandlerOutlet handlers,
      FlowMetrics metrics) {
    this.name = name;
    this.changed = changed;
    this.rule = rule;
    this.handlers = handlers;
    this.metrics = metrics;
  }

  /**
   * The step that notes in a record that it was merged into another: readers no longer see it, and
   * its history is sent to the survivor.
   */
  public static JoinMergedRecords<RecordMerged> noting(
      HandlerOutlet handlers, FlowMetrics metrics) {
    return new JoinMergedRecords<>(
        NOTE_MERGED, RecordMerged::getRecord, Histories::note, handlers, metrics);
  }

  /** The step that joins the history of a merged record into its survivor. */
  public static JoinMergedRecords<RecordHistory> joining(
      HandlerOutlet handlers, FlowMetrics metrics) {
    return new JoinMergedRecords<>(
        JOIN_HISTORIES, RecordHistory::getSurvivor, Histories::receive, handlers, metrics);
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(name, context, metrics);
    states = new RecordStates(context, output);
    erased = new ErasedSubjects(context.getStateStore(RecordStates.ERASED));
  }

  @Override
  public void process(Record<String, V> record) {
    V message = record.value();
    RecordRef target = changed.apply(message);
    if (erased.find(EventKeys.record(target), record.timestamp()).isPresent()) {
      return;
    }
    Cause cause = Cause.of(target, message, record.timestamp());
    Optional<RecordState> before = states.find(target);
    output
        .attempt(cause, () -> RecordStates.Change.of(target, before, rule.apply(before, message)))
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
      JoinedRecord joined =
          new JoinedRecord(change.record(), change.before(), change.after(), cause);
      handlers.offer(context, EventKeys.record(change.record()), joined);
    }
  }
}
