package io.millrace.flow.record;

import io.millrace.event.Event;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordState;
import io.millrace.flow.record.MergedRecords.Parsed;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepClock;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import io.millrace.model.EventKeys;
import io.millrace.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Merges each event into its record, admits it to its topic, and forwards it to the handlers with
 * its effect on the record. This step admits the event, rather than the sequencer, so that an event
 * that cannot be merged becomes a dead letter only: every event is in exactly one topic. Merges
 * that the event names are sent to the records that end.
 */
public final class MergeRecordState implements Processor<String, Sequenced, String, Object> {
  public static final String NAME = "merge-record-state";

  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

  private final HandlerOutlet handlers;
  private final CaughtUp caughtUp;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private StepClock clock;
  private RecordStates states;

  public MergeRecordState(HandlerOutlet handlers, CaughtUp caughtUp, FlowMetrics metrics) {
    this.handlers = handlers;
    this.caughtUp = caughtUp;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    clock = StepClock.ofRecords(context, caughtUp);
    states = new RecordStates(context, output);
    context.schedule(
        FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, wallTime -> states.forgetDue(clock.today()));
  }

  @Override
  public void process(Record<String, Sequenced> record) {
    clock.recordArrived();
    Event event = record.value().event();
    Optional<RecordState> before = record.value().known().get();
    output
        .attempt(event, () -> decide(event, before))
        .ifPresent(decision -> admit(record.value(), decision));
  }

  private static Decision decide(Event event, Optional<RecordState> before) {
    RecordState after = RecordMerge.merge(before, event);
    return new Decision(
        RecordStates.Change.of(event.getRecord(), before, after), MergedRecords.of(event));
  }

  private void admit(Sequenced sequenced, Decision decision) {
    Event event = sequenced.event();
    Optional<String> tooLarge = decision.change().tooLarge();
    if (tooLarge.isPresent()) {
      output.refuse(event, Reason.EVENT_TOO_LARGE, tooLarge.get());
      return;
    }
    switch (decision.parsed()) {
      case Parsed.Refused refused -> output.refuse(event, refused.reason(), refused.error());
      case Parsed.Merges merges -> admit(sequenced, decision.change(), merges.all());
    }
  }

  private void admit(Sequenced sequenced, RecordStates.Change change, List<RecordMerged> merges) {
    Event event = sequenced.event();
    Cause cause = Cause.of(event);
    states.make(change, cause);
    Topic<Event> topic =
        switch (sequenced) {
          case Sequenced.InOrder inOrder -> Topics.EVENTS_ORDERED;
          case Sequenced.Late late -> Topics.EVENTS_LATE;
        };
    String record = EventKeys.record(event);
    output.event(record, event, topic);
    handlers.offer(context, record, new AdmittedEvent(event, change.before(), change.after()));
    merges.forEach(
        merge ->
            output.write(Topics.RECORDS_MERGED, EventKeys.record(merge.getRecord()), merge, cause));
  }

  /** An event's effect on its record, and the merges it names. */
  private record Decision(RecordStates.Change change, Parsed parsed) {}
}
