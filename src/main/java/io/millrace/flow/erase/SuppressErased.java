package io.millrace.flow.erase;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

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
  private final Map<String, ErasureOrder> erased = new HashMap<>();
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;
  private KeyValueStore<String, ErasureOrder> rows;

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
    rows = context.getStateStore(names.store());
    try (KeyValueIterator<String, ErasureOrder> known = rows.all()) {
      known.forEachRemaining(row -> erased.put(row.key, row.value));
    }
    context.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forgetOld);
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
      String key = ErasedSubjects.key(order.getSubject());
      ErasureOrder known = erased.get(key);
      if (known == null || known.getRequestedAt().isBefore(order.getRequestedAt())) {
        ErasureOrder mark = ErasureOrder.newBuilder(order).setSubject(key).build();
        rows.put(key, mark);
        erased.put(key, mark);
      }
    }
    orders.forward(context, record.withValue(order));
  }

  private void pass(String key, Event event) {
    ErasureOrder order =
        erased.isEmpty() ? null : erased.get(ErasedSubjects.key(EventKeys.record(event)));
    if (order != null && ErasedSubjects.covers(order, event.getReceivedAt().toEpochMilli())) {
      suppress(event, order, output, metrics);
    } else {
      output.event(key, event, events);
    }
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

  /** What was ordered so long ago has nothing on its way any more. */
  private void forgetOld(long now) {
    List<String> old = new ArrayList<>();
    erased.forEach(
        (key, order) -> {
          if (order.getRequestedAt().toEpochMilli() < now - ErasedSubjects.KEPT.toMillis()) {
            old.add(key);
          }
        });
    for (String key : old) {
      erased.remove(key);
      rows.put(key, null);
    }
  }
}
