package io.millrace.flow.engagement;

import io.millrace.event.Event;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import io.millrace.model.Reason;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Recognizes the activities of an event, and admits the event. Every failure of an event occurs
 * here, before it is written anywhere: it is either in events-ordered or a dead letter.
 */
public final class RecognizeActivities implements Processor<String, PersonInput, String, Object> {
  public static final String NAME = "recognize-activities";

  private final Activities activities;
  private final Outlet<Behaviour> next;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;

  public RecognizeActivities(Activities activities, Outlet<Behaviour> next, FlowMetrics metrics) {
    this.activities = activities;
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
  }

  @Override
  public void process(Record<String, PersonInput> record) {
    switch (record.value()) {
      case PersonInput.Arrived arrived -> recognize(record, arrived.event());
      case PersonInput.Change change ->
          next.forward(context, record.withValue(new Behaviour.Changed(change)));
    }
  }

  private void recognize(Record<String, PersonInput> record, Event event) {
    if (!Engagement.hasUsableTime(event)) {
      output.refuse(
          event,
          Reason.INVALID_FIELD,
          "occurred_at %s is not a usable time. Correct the time in the source's mapping."
              .formatted(event.getOccurredAt()));
      return;
    }
    output
        .attempt(event, () -> new Engagement(event, activities.of(event)))
        .ifPresent(engagement -> admit(record, engagement));
  }

  private void admit(Record<String, PersonInput> record, Engagement engagement) {
    Event event = engagement.event();
    output.event(EventKeys.record(event), event, Topics.EVENTS_ORDERED);
    next.forward(
        context, new Record<>(record.key(), engagement, event.getReceivedAt().toEpochMilli()));
  }
}
