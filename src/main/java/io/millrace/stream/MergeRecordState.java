package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.RecordState;
import io.millrace.kafka.Topic;
import io.millrace.rule.CrmRecords;
import io.millrace.rule.EventKeys;
import io.millrace.rule.EventSize;
import io.millrace.rule.Reason;
import io.millrace.rule.RecordMerge;
import io.millrace.rule.VisibleRecord;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges each event into its record, admits it to its topic, and writes the record when readers
 * would see a difference. It admits the event itself, rather than the sequencer, so that an event
 * that cannot be merged is a dead letter and nothing else: every event is in exactly one topic.
 */
final class MergeRecordState implements Processor<String, Sequenced, String, SpecificRecord> {
  static final String NAME = "merge-record-state";
  static final String STATE = "record-state";

  private static final Map<String, Target> TARGETS =
      Map.of(
          "lead", new Target(Topics.CRM_LEADS, CrmRecords::lead),
          "contact", new Target(Topics.CRM_CONTACTS, CrmRecords::contact),
          "deal", new Target(Topics.CRM_DEALS, CrmRecords::deal),
          "account", new Target(Topics.CRM_ACCOUNTS, CrmRecords::account));

  private final FlowMetrics metrics;
  private StepOutput output;
  private KeyValueStore<String, RecordState> states;

  MergeRecordState(FlowMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
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
    write(event, change);
  }

  private void write(Event event, Change change) {
    Target target = TARGETS.get(event.getRecord().getType());
    if (target == null || change.before().equals(change.after())) {
      return;
    }
    String id = event.getRecord().getId();
    change
        .after()
        .ifPresentOrElse(
            record -> output.write(target.topic(), id, target.mapper().apply(id, record), event),
            () -> output.tombstone(target.topic(), id, event));
  }

  /** What one event makes of a record: its new state, and what readers saw and see of it. */
  private record Change(
      RecordState state, Optional<VisibleRecord> before, Optional<VisibleRecord> after) {}

  /** Where records of one type are written, and in which shape. */
  private record Target(Topic<?> topic, BiFunction<String, VisibleRecord, SpecificRecord> mapper) {}
}
