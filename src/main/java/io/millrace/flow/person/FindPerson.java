package io.millrace.flow.person;

import io.millrace.event.Event;
import io.millrace.flow.step.Outlet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Finds the person of each event. */
public final class FindPerson implements Processor<String, Event, String, Object> {
  public static final String NAME = "find-person";

  private final Outlet<PersonInput> next;
  private ProcessorContext<String, Object> context;

  public FindPerson(Outlet<PersonInput> next) {
    this.next = next;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, Event> record) {
    next.forward(context, record.withValue(new PersonInput.Arrived(record.value())));
  }
}
