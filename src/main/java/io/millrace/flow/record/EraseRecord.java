package io.millrace.flow.record;

import io.millrace.event.ErasureOrder;
import io.millrace.event.RecordRef;
import io.millrace.event.RecordState;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Removes the state of a record of an erased person, and has the handlers remove theirs. The
 * records that this one was merged into are told to remove what they received from it.
 */
public final class EraseRecord implements Processor<String, ErasureOrder, String, Object> {
  public static final String NAME = "erase-record";

  private final HandlerOutlet handlers;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private RecordStates states;

  public EraseRecord(HandlerOutlet handlers, FlowMetrics metrics) {
    this.handlers = handlers;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    states = new RecordStates(context, output);
  }

  @Override
  public void process(Record<String, ErasureOrder> order) {
    ErasureOrder value = order.value();
    RecordRef record = EventKeys.recordOf(value.getSubject());
    Cause cause = Cause.of(record, value, order.timestamp());
    Optional<RecordState> before = states.find(record);
    if (value.getPart().isPresent()) {
      before.ifPresent(state -> erasePart(record, state, value.getPart().get(), cause));
    } else {
      before.ifPresent(state -> tellSurvivors(record, state, value, cause));
      states.erase(record);
      handlers.offer(
          context,
          value.getSubject(),
          new ErasedRecord(
              record, before.flatMap(state -> RecordMerge.visible(record.getId(), state)), cause));
    }
  }

  private void erasePart(RecordRef record, RecordState state, String part, Cause cause) {
    if (!state.getJoined().containsKey(part)) {
      return;
    }
    Map<String, RecordState> left = new TreeMap<>(state.getJoined());
    left.remove(part);
    RecordState after = RecordState.newBuilder(state).setJoined(left).build();
    RecordStates.Change change = RecordStates.Change.of(record, Optional.of(state), after);
    states.make(change, cause);
    if (!change.before().equals(change.after())) {
      handlers.offer(
          context,
          EventKeys.record(record),
          new JoinedRecord(record, change.before(), change.after(), cause));
    }
  }

  private void tellSurvivors(RecordRef record, RecordState state, ErasureOrder order, Cause cause) {
    EarlierMerges.all(state).stream()
        .map(MergeTree.Merge::survivor)
        .distinct()
        .forEach(
            survivor -> {
              String subject = EventKeys.record(new RecordRef(record.getType(), survivor));
              output.write(
                  Topics.ERASE_RECORDS,
                  subject,
                  ErasureOrder.newBuilder(order)
                      .setSubject(subject)
                      .setPart(record.getId())
                      .build(),
                  cause);
            });
  }
}
