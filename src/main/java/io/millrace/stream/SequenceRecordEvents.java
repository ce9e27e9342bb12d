package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.rule.EventKeys;
import io.millrace.rule.EventOrder;
import io.millrace.rule.OrderingRule;
import io.millrace.rule.OrderingRules;
import io.millrace.rule.Placement;
import io.millrace.rule.Sequencing;
import io.millrace.rule.Sequencing.Standing;
import io.millrace.stream.WaitingRoom.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each record's events on in their order, and holds back those that may still be preceded.
 * The merge behind it is done before {@code forward} returns, so the state it reads takes in
 * everything emitted so far.
 */
final class SequenceRecordEvents implements Processor<String, Event, String, Object> {
  static final String NAME = "sequence-record-events";
  static final String ORDER = "record-order";

  /** How often due events are looked for when nothing arrives. */
  static final Duration CHECK_EVERY = Duration.ofMillis(200);

  private static final int MOST_DUE_AT_ONCE = 1_000;
  private static final long LONGEST_RUN_MS = 200;
  private static final Logger LOG = LoggerFactory.getLogger(SequenceRecordEvents.class);

  private final OrderingRules rules;
  private final CaughtUp caughtUp;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private StepClock clock;
  private KeyValueStore<String, RecordOrder> orders;
  private KeyValueStore<String, RecordState> states;
  private WaitingRoom room;
  private AtomicLong waitingCount;

  SequenceRecordEvents(OrderingRules rules, CaughtUp caughtUp, FlowMetrics metrics) {
    this.rules = rules;
    this.caughtUp = caughtUp;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    clock = StepClock.ofRecords(context, caughtUp);
    orders = context.getStateStore(ORDER);
    states = context.getStateStore(RecordStates.STATE);
    room =
        new WaitingRoom(
            context.getStateStore(WaitingRoom.EVENTS), context.getStateStore(WaitingRoom.DUE));
    waitingCount = metrics.waiting(NAME, context.taskId().partition());
    waitingCount.set(room.count());
    context.schedule(
        CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, wallTime -> releaseDue(clock.now()));
  }

  @Override
  public void process(Record<String, Event> record) {
    clock.recordArrived();
    long now = clock.now();
    arrive(record.value(), now);
    releaseDue(now);
  }

  @Override
  public void close() {
    waitingCount.set(0);
  }

  private void arrive(Event event, long now) {
    String record = EventKeys.record(event);
    RecordOrder order = order(record);
    boolean earlierWaits = earlierWaits(event, record, order);
    Standing standing = new Standing(order, earlierWaits, () -> state(record));
    output
        .attempt(event, () -> Sequencing.place(event, standing, rule(event), now))
        .ifPresent(placement -> put(event, order, placement, now));
  }

  private void put(Event event, RecordOrder order, Placement placement, long now) {
    String record = EventKeys.record(event);
    LogLines.about(LOG.atDebug(), event).log("Placed as {}", placement);
    switch (placement) {
      case Placement.Late late -> {
        LogLines.about(LOG.atInfo(), event).log("Came after a later event of its record");
        metrics.late(event.getSource(), event.getEventType());
        forward(new Sequenced.Late(event));
      }
      case Placement.Next next -> follow(record, order, emit(event, order), now);
      case Placement.Wait wait -> {
        room.hold(event, wait.ripeAt(), wait.dueAt());
        waitingCount.incrementAndGet();
        RecordOrder longer = waiting(order, order.getWaiting() + 1);
        orders.put(record, longer);
        letEarliestGo(record, longer, rule(event), now);
      }
    }
  }

  /** More than so many events of one record are not held: the earliest go before their time. */
  private void letEarliestGo(String record, RecordOrder order, OrderingRule rule, long now) {
    if (order.getWaiting() > rule.maxWaitingPerRecord()) {
      room.first(record, order.getPosition())
          .ifPresent(earliest -> releaseThrough(earliest.position(), record, now));
    }
  }

  private void releaseDue(long now) {
    long startedAt = context.currentSystemTimeMs();
    for (String key : room.due(now, MOST_DUE_AT_ONCE)) {
      room.dueAt(key, now)
          .ifPresent(due -> releaseThrough(due.position(), EventKeys.record(due.event()), now));
      if (context.currentSystemTimeMs() - startedAt > LONGEST_RUN_MS) {
        return;
      }
    }
  }

  /** Emits the record's waiting events up to a position, and what then follows of itself. */
  private void releaseThrough(String position, String record, long now) {
    RecordOrder order = order(record);
    orders.put(record, release(record, order, position, now));
  }

  /** Emits what waited for the event just emitted; {@code before} is the order without it. */
  private void follow(String record, RecordOrder before, RecordOrder after, long now) {
    String through = Sequencing.isKnown(before) ? "" : nowKnown(record, after, now);
    orders.put(record, release(record, after, through, now));
  }

  private RecordOrder release(String record, RecordOrder start, String position, long now) {
    RecordOrder order = start;
    String through = position;
    while (order.getWaiting() > 0) {
      Optional<Waiting> earliest = room.first(record, order.getPosition());
      if (earliest.isEmpty()) {
        // Without transactions a crash can leave a count without its rows; the rows are the truth.
        return waiting(order, 0);
      }
      Waiting first = earliest.get();
      boolean mustGo = first.position().compareTo(through) <= 0;
      if (!mustGo && !isNext(first.event(), record, order)) {
        return order;
      }
      boolean wasKnown = Sequencing.isKnown(order);
      room.remove(first);
      waitingCount.decrementAndGet();
      order = emit(first.event(), waiting(order, order.getWaiting() - 1));
      if (!wasKnown) {
        through = later(through, nowKnown(record, order, now));
      }
    }
    return order;
  }

  /** Once something of a record was emitted, nothing has to wait for its creation any more. */
  private String nowKnown(String record, RecordOrder order, long now) {
    return order.getWaiting() == 0 ? "" : room.bringForward(record, order.getPosition(), now);
  }

  private boolean isNext(Event event, String record, RecordOrder order) {
    return Sequencing.isNext(event, new Standing(order, false, () -> state(record)));
  }

  private RecordOrder emit(Event event, RecordOrder order) {
    Event released = Sequencing.released(event, order, rule(event));
    forward(new Sequenced.InOrder(released));
    return new RecordOrder(
        EventOrder.position(event),
        event.getMetadata().getSequence().orElse(null),
        order.getWaiting());
  }

  private void forward(Sequenced sequenced) {
    Event event = sequenced.event();
    output.processed(event);
    context.forward(
        new Record<>(EventKeys.record(event), sequenced, event.getReceivedAt().toEpochMilli()),
        MergeRecordState.NAME);
  }

  private boolean earlierWaits(Event event, String record, RecordOrder order) {
    return order.getWaiting() > 0
        && room.first(record, order.getPosition())
            .filter(first -> first.position().compareTo(EventOrder.position(event)) < 0)
            .isPresent();
  }

  private RecordOrder order(String record) {
    return Optional.ofNullable(orders.get(record)).orElse(Sequencing.NOTHING_EMITTED);
  }

  private Optional<RecordState> state(String record) {
    return Optional.ofNullable(states.get(record));
  }

  private OrderingRule rule(Event event) {
    return rules.of(event.getRecord().getType());
  }

  private static RecordOrder waiting(RecordOrder order, int waiting) {
    return new RecordOrder(order.getPosition(), order.getSequence().orElse(null), waiting);
  }

  private static String later(String position, String other) {
    return position.compareTo(other) >= 0 ? position : other;
  }
}
