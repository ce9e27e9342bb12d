package io.millrace.flow.erase;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Suppresses events that were on their way when what they are about was erased, and passes the
 * order to erase it on. It is the first step of its role. An event that arrived a minute after the
 * order is let through: the role normalize would have suppressed it, unless the erasure has been
 * lifted.
 */
public final class SuppressErased
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final Names names;
  private final Outlet<Event> events;
  private final Outlet<ErasureOrder> orders;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;
  private ErasureMarks marks;

  /**
   * The names of a role's step and of its store.
   *
   * @param step its node
   */
  public record Names(String step, String store) {}

  /**
   * Suppresses and erases.
   *
   * @param events receives all other events
   * @param orders receives the orders
   */
  public SuppressErased(
      Names names, Outlet<Event> events, Outlet<ErasureOrder> orders, FlowMetrics metrics) {
    this.names = names;
    this.events = events;
    this.orders = orders;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(names.step(), context, metrics);
    marks = new ErasureMarks(context.getStateStore(names.store()));
    context.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, marks::forgetOld);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    switch (record.value()) {
      case ErasureOrder order -> erase(record, order);
      case Event event -> pass(record.key(), event);
      default -> throw new IllegalStateException(names.step() + " does not read " + record.value());
    }
  }

  private void erase(Record<String, SpecificRecord> record, ErasureOrder order) {
    if (order.getPart().isEmpty()) {
      marks.write(order);
    }
    orders.forward(context, record.withValue(order));
  }

  private void pass(String key, Event event) {
    marks
        .of(event)
        .ifPresentOrElse(
            order -> suppress(event, order, output, metrics),
            () -> output.event(key, event, events));
  }

  /** Writes what remains of an event. */
  public static void suppress(
      Event event, ErasureOrder order, StepOutput output, FlowMetrics metrics) {
    metrics.suppressed(event.getSource(), event.getEventType());
    output.write(
        Topics.EVENTS_SUPPRESSED,
        order.getErasureId(),
        SuppressedEvents.of(event, order.getErasureId()),
        event);
  }
}
