package io.millrace.stream;

import io.millrace.event.RecordHistory;
import io.millrace.rule.Histories;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Joins the history of a merged record to the record that goes on with it. */
final class JoinRecordHistories implements Processor<String, RecordHistory, String, Object> {
  static final String NAME = "join-record-histories";

  private final HandlerOutlet handlers;
  private final FlowMetrics metrics;
  private RecordJoin join;

  JoinRecordHistories(HandlerOutlet handlers, FlowMetrics metrics) {
    this.handlers = handlers;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    join = new RecordJoin(NAME, context, handlers, metrics);
  }

  @Override
  public void process(Record<String, RecordHistory> record) {
    RecordHistory history = record.value();
    join.take(
        history.getSurvivor(),
        Cause.of(history.getSurvivor(), history, record.timestamp()),
        before -> Histories.receive(before, history));
  }
}
