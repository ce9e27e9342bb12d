package io.millrace.flow.person;

import io.millrace.event.ErasureOrder;
import io.millrace.flow.step.Outlet;
import io.millrace.model.EventKeys;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells the steps of a person that one of its identifiers was erased. An identifier's order comes
 * to its home, and one more to the person it belonged to.
 */
public final class ErasePerson implements Processor<String, ErasureOrder, String, Object> {
  public static final String NAME = "erase-person";

  private final Outlet<PersonInput> next;
  private ProcessorContext<String, Object> context;

  public ErasePerson(Outlet<PersonInput> next) {
    this.next = next;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, ErasureOrder> record) {
    ErasureOrder order = record.value();
    String identifier = EventKeys.recordOf(order.getSubject()).getId();
    next.forward(context, record.withValue(new PersonInput.Erased(identifier, order)));
  }
}
