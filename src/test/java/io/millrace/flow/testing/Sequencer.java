package io.millrace.flow.testing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.event.WaitingEvent;
import io.millrace.flow.order.Deduplication;
import io.millrace.flow.order.OrderingRules;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.flow.order.SourceWindows;
import io.millrace.flow.order.WaitingRoom;
import io.millrace.flow.record.MergeRecordState;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.record.RecordStates;
import io.millrace.flow.record.Sequenced;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.model.EventKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The sequencer alone, with the merge it has behind it, on stores that outlive it: for what takes
 * more events than the whole role could be sent in a test, or a restart in between.
 */
public final class Sequencer {
  final MapStore<RecordOrder> orders = new MapStore<>(SequenceRecordEvents.ORDER);
  public final MapStore<WaitingEvent> waiting = new MapStore<>(WaitingRoom.EVENTS);
  private final MapStore<RecordState> states = new MapStore<>(RecordStates.STATE);
  private final OrderingRules rules;
  private final SourceWindows windows;
  private final List<Sequenced> output = new ArrayList<>();
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Context context = new Context();
  private SequenceRecordEvents step;
  private boolean caughtUp = true;
  private long streamTime;
  private long now;

  public Sequencer(OrderingRules rules, Instant start) {
    this(rules, source -> Deduplication.LONGEST_WINDOW, start);
  }

  Sequencer(OrderingRules rules, SourceWindows windows, Instant start) {
    this.rules = rules;
    this.windows = windows;
    now = start.toEpochMilli();
    restart();
  }

  /** The process ends and another one takes over its stores. */
  void restart() {
    meters = new SimpleMeterRegistry();
    context = new Context();
    context.setCurrentSystemTimeMs(now);
    context.setCurrentStreamTimeMs(streamTime);
    List.of(orders, waiting, states).forEach(context::addStateStore);
    Outlet<Sequenced> next = Outlet.of(SequenceRecordEvents.NAME);
    next.attach(MergeRecordState.NAME);
    step =
        new SequenceRecordEvents(
            rules,
            windows,
            (topic, partition) -> caughtUp,
            next,
            Outlet.of(SequenceRecordEvents.NAME),
            new FlowMetrics(meters));
    step.init(context);
  }

  /** An event arrives, stamped with a time that may have passed long ago. */
  public void arrive(Event event) {
    long stamp = event.getReceivedAt().toEpochMilli();
    streamTime = Math.max(stamp, streamTime);
    context.setCurrentStreamTimeMs(streamTime);
    step.process(new Record<>(EventKeys.record(event), event, stamp));
  }

  /** Time passes; the timer runs once. */
  public void pass(long millis) {
    now += millis;
    context.setCurrentSystemTimeMs(now);
    context.scheduledPunctuators().getFirst().getPunctuator().punctuate(now);
  }

  public void caughtUp(boolean value) {
    caughtUp = value;
  }

  public long now() {
    return now;
  }

  /** Everything that was sent on, in its order. */
  public List<Sequenced> output() {
    return output;
  }

  public List<Event> ordered() {
    return output.stream()
        .filter(Sequenced.InOrder.class::isInstance)
        .map(Sequenced::event)
        .toList();
  }

  List<String> orderedIds() {
    return ordered().stream().map(Event::getEventId).toList();
  }

  public double waitingGauge() {
    return meters.get("millrace.waiting").gauge().value();
  }

  public double counted(String name, String tag, String value) {
    return meters.find(name).tag(tag, value).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** Rows the sequencer has read of all its stores. */
  long rowsRead() {
    return orders.rowsRead() + waiting.rowsRead() + states.rowsRead();
  }

  private final class Context extends MockProcessorContext<String, Object> {
    Context() {
      super(RecordsFlow.settings());
    }

    @Override
    public <K extends String, V> void forward(Record<K, V> record, String child) {
      if (!(record.value() instanceof Sequenced sequenced)) {
        throw new AssertionError("not for the merge: " + record);
      }
      Event event = sequenced.event();
      String key = EventKeys.record(event);
      states.put(key, RecordMerge.merge(Optional.ofNullable(states.get(key)), event));
      output.add(sequenced);
    }
  }
}
