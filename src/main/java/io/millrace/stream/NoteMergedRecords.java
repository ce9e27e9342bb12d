package io.millrace.stream;

import io.millrace.event.RecordMerged;
import io.millrace.rule.Histories;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells a record that it was merged into another: readers no longer see it, and all that is known
 * of it goes to the record that goes on with its history.
 */
final class NoteMergedRecords implements Processor<String, RecordMerged, String, Object> {
  static final String NAME = "note-merged-records";

  private final HandlerOutlet handlers;
  private final FlowMetrics metrics;
  private RecordJoin join;

  NoteMergedRecords(HandlerOutlet handlers, FlowMetrics metrics) {
    this.handlers = handlers;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    join = new RecordJoin(NAME, context, handlers, metrics);
  }

  @Override
  public void process(Record<String, RecordMerged> record) {
    RecordMerged merged = record.value();
    join.take(
        merged.getRecord(),
        Cause.of(merged.getRecord(), merged, record.timestamp()),
        before -> Histories.note(before, merged));
  }
}
