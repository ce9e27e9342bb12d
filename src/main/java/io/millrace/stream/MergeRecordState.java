package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.RecordState;
import io.millrace.kafka.Topic;
import io.millrace.rule.EventKeys;
import io.millrace.rule.EventSize;
import io.millrace.rule.Reason;
import io.millrace.rule.RecordMerge;
import io.millrace.rule.VisibleRecord;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges each event into its record, admits it to its topic, and offers it to the handlers with
 * what it did to the record. It admits the event itself, rather than the sequencer, so that an
 * event that cannot be merged is a dead letter and nothing else: every event is in exactly one
 * topic.
 */
final class MergeRecordState implements Processor<String, Sequenced, String, Object> {
  static final String NAME = "merge-record-state";
  static final String STATE = "record-state";

  private final RecordHandlers handlers;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private KeyValueStore<String, RecordState> states;

  MergeRecordState(RecordHandlers handlers, FlowMetrics metrics) {
    this.handlers = handlers;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    states = context.getStateStore(STATE);
  }

  @Override
  public void process(Record<String, Sequenced> record) {
    Event event = record.value().event();
    Optional<RecordState> before = Optional.ofNullable(states.get(EventKeys.record(event)));
    output
        .attempt(event, () -> change(before, event))
        .ifPresent(change -> admit(record.value(), change));
  }

  private static Change change(Optional<RecordState> before, Event event) {
    RecordState after = RecordMerge.merge(before, event);
    return new Change(after, before.flatMap(RecordMerge::visible), RecordMerge.visible(after));
  }

  private void admit(Sequenced sequenced, Change change) {
    Event event = sequenced.event();
    long size = RecordMerge.size(change.state());
    if (size > EventSize.MAX_CHARACTERS) {
      output.refuse(
          event,
          Reason.EVENT_TOO_LARGE,
          "With this event %s would hold %d characters; at most %d fit. Map fewer fields to it."
              .formatted(EventKeys.record(event), size, EventSize.MAX_CHARACTERS));
      return;
    }
    states.put(EventKeys.record(event), change.state());
    Topic<Event> topic =
        switch (sequenced) {
          case Sequenced.InOrder inOrder -> Topics.EVENTS_ORDERED;
          case Sequenced.Late late -> Topics.EVENTS_LATE;
        };
    output.event(EventKeys.record(event), event, Nodes.write(topic));
    offer(new Admitted(event, change.before(), change.after()));
  }

  private void offer(Admitted admitted) {
    Event event = admitted.event();
    Record<String, Object> offered =
        new Record<>(EventKeys.record(event), admitted, event.getReceivedAt().toEpochMilli());
    handlers.chosenBy(admitted).forEach(handler -> context.forward(offered, handler));
  }

  /** What one event makes of a record: its new state, and what readers saw and see of it. */
  private record Change(
      RecordState state, Optional<VisibleRecord> before, Optional<VisibleRecord> after) {}
}
