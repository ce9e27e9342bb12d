package io.millrace.flow.order;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.flow.erase.SuppressErased;
import io.millrace.flow.order.Sequencing.First;
import io.millrace.flow.order.Sequencing.RecordContext;
import io.millrace.flow.order.WaitingRoom.Waiting;
import io.millrace.flow.record.KnownState;
import io.millrace.flow.record.RecordStates;
import io.millrace.flow.record.Sequenced;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.DueRun;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.LogLines;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RecentRows;
import io.millrace.flow.step.StepClock;
import io.millrace.flow.step.StepOutput;
import io.millrace.model.EventKeys;
import io.millrace.model.EventOrder;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards each record's events in order. It holds events that may still be preceded by others or
 * miss a prerequisite; a waiting event holds all later events of its record. The merge downstream
 * is complete before {@code forward} returns, so the state read here includes everything emitted so
 * far.
 */
public final class SequenceRecordEvents
    implements Processor<String, SpecificRecord, String, Object> {
  public static final String NAME = "sequence-record-events";
  public static final String ORDER = "record-order";

  /** How often due events are checked when nothing arrives. */
  static final Duration CHECK_EVERY = Duration.ofMillis(200);

  /** Only events that are next or due. */
  private static final Release IF_DUE = new Release("", Turn.Urgency.NONE);

  /** A record's order is read when an event arrives, and again when it is due. */
  private static final int MOST_ORDERS_IN_MEMORY = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(SequenceRecordEvents.class);

  private final OrderingRules rules;
  private final SourceWindows windows;
  private final CaughtUp caughtUp;
  private final Outlet<Sequenced> next;
  private final Outlet<ErasureOrder> erasing;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private StepClock clock;
  private RecentRows<RecordOrder> orders;
  private KeyValueStore<String, RecordState> states;
  private WaitingRoom room;
  private AtomicLong waitingGauge;

  public SequenceRecordEvents(
      OrderingRules rules,
      SourceWindows windows,
      CaughtUp caughtUp,
      Outlet<Sequenced> next,
      Outlet<ErasureOrder> erasing,
      FlowMetrics metrics) {
    this.rules = rules;
    this.windows = windows;
    this.caughtUp = caughtUp;
    this.next = next;
    this.erasing = erasing;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    clock = StepClock.ofRecords(context, caughtUp);
    orders = new RecentRows<>(context.getStateStore(ORDER), MOST_ORDERS_IN_MEMORY);
    states = context.getStateStore(RecordStates.STATE);
    room = new WaitingRoom(context.getStateStore(WaitingRoom.EVENTS));
    waitingGauge = metrics.waiting(NAME, context.taskId().partition());
    waitingGauge.set(room.count());
    context.schedule(
        CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, wallTime -> releaseDue(clock.now()));
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    clock.recordArrived();
    long now = clock.now();
    switch (record.value()) {
      case Event event -> arrive(event, now);
      case ErasureOrder order -> erase(record.withValue(order));
      default -> throw new IllegalStateException(NAME + " does not read " + record.value());
    }
    makeRoom(now);
    releaseDue(now);
  }

  /** Its waiting events are suppressed, in their order; then the rest of its state is removed. */
  private void erase(Record<String, ErasureOrder> order) {
    if (order.value().getPart().isEmpty()) {
      String record = order.value().getSubject();
      Optional<Waiting> first = room.first(record);
      while (first.isPresent()) {
        room.remove(first.get());
        SuppressErased.suppress(first.get().event(), order.value(), output, metrics);
        first = room.first(record);
      }
      orders.remove(record);
    }
    erasing.forward(context, order);
  }

  @Override
  public void close() {
    waitingGauge.set(0);
  }

  private void arrive(Event event, long now) {
    String record = EventKeys.record(event);
    RecordOrder order = order(record, now);
    boolean earlierWaits =
        room.count(record) > 0 && room.anyBefore(EventOrder.position(event), record);
    KnownState known = new KnownState(states, record);
    RecordContext recordContext = new RecordContext(order, earlierWaits, known::held);
    output
        .attempt(event, () -> Sequencing.place(event, recordContext, rule(event), now))
        .ifPresent(placement -> put(event, record, order, placement, known, now));
  }

  private void put(
      Event event,
      String record,
      RecordOrder order,
      Placement placement,
      KnownState known,
      long now) {
    LogLines.about(LOG.atDebug(), event).log("Placed as {}", placement);
    switch (placement) {
      case Placement.Late late -> {
        LogLines.about(LOG.atDebug(), event)
            .log("Arrived after a later event of its record was emitted");
        metrics.late(event.getSource(), event.getEventType());
        forward(record, new Sequenced.Late(event, known));
        followLate(record, order, Sequencing.afterLate(order, event), now);
      }
      case Placement.Next next ->
          release(record, order, emit(event, record, order, Optional.empty(), known), IF_DUE, now);
      case Placement.Wait wait -> {
        room.hold(event, record, wait.ripeAt(), wait.dueAt());
        limit(record, order, rule(event), now);
      }
    }
  }

  /** A late event changes the record too, so it can be what others wait for. */
  private void followLate(String record, RecordOrder before, RecordOrder after, long now) {
    if (room.count(record) > 0 || !after.equals(before)) {
      release(record, before, after, IF_DUE, now);
    }
  }

  /** Limits the waiting events of one record: the earliest are released early. */
  private void limit(String record, RecordOrder order, OrderingRule rule, long now) {
    if (room.count(record) <= rule.maxWaitingPerRecord()) {
      return;
    }
    metrics.overflow("maxWaitingPerRecord");
    String earliest = room.first(record).map(Waiting::position).orElse("");
    release(record, order, order, new Release(earliest, Turn.Urgency.OVER_LIMIT), now);
  }

  /** Limits the waiting events of all records: those due first are released early. */
  private void makeRoom(long now) {
    while (room.count() > rules.maxWaiting()) {
      Optional<DueEvents.Row> first = room.firstDue();
      if (first.isEmpty()) {
        return;
      }
      metrics.overflow("maxWaiting");
      releaseThrough(first.get(), Turn.Urgency.OVER_LIMIT, now);
    }
  }

  private void releaseDue(long now) {
    // Due rows are looked up once: an event must not be checked twice in a run.
    Iterator<DueEvents.Row> rows = room.due(now, DueRun.MOST_AT_ONCE).iterator();
    DueRun.through(
        context,
        () -> rows.hasNext() ? Optional.of(rows.next()) : Optional.<DueEvents.Row>empty(),
        row -> {
          if (room.isDue(row)) {
            releaseThrough(row, Turn.Urgency.RIPE, now);
          }
        });
    waitingGauge.set(room.count());
  }

  private void releaseThrough(DueEvents.Row due, Turn.Urgency urgency, long now) {
    String record = due.record();
    RecordOrder order = order(record, now);
    release(record, order, order, new Release(due.position(), urgency), now)
        .filter(first -> first.position().compareTo(due.position()) < 0)
        .ifPresent(heldUpBy -> room.wake(due.key(), DueEvents.NEVER));
  }

  /**
   * Emits the record's waiting events from the first on, as long as it is their turn.
   *
   * @param stored the order in the store
   * @param start the current order
   * @return the first event that is still waiting
   */
  private Optional<Waiting> release(
      String record, RecordOrder stored, RecordOrder start, Release release, long now) {
    RecordOrder order = start;
    Optional<Waiting> first = room.first(record);
    while (first.isPresent()) {
      Waiting waiting = first.get();
      KnownState known = new KnownState(states, record);
      Optional<Turn> turn =
          turn(waiting, new RecordContext(order, false, known::held), release, now);
      if (turn.isPresent() && turn.get() instanceof Turn.Later later) {
        if (release.urgencyOf(waiting, now) != Turn.Urgency.DEFERRED) {
          room.wake(waiting.key(), later.until());
        }
        break;
      }
      room.remove(waiting);
      if (turn.isPresent() && turn.get() instanceof Turn.Now go) {
        order = emit(waiting.event(), record, order, go.missed(), known);
      }
      first = room.first(record);
    }
    if (!order.equals(stored)) {
      orders.put(record, order);
    }
    return first;
  }

  private Optional<Turn> turn(
      Waiting waiting, RecordContext recordContext, Release release, long now) {
    Event event = waiting.event();
    First first = new First(event, waiting.ripeAt(), () -> room.sameInstantFollows(waiting));
    return output.attempt(
        event,
        () ->
            Sequencing.turn(
                first, recordContext, rule(event), release.urgencyOf(waiting, now), now));
  }

  private RecordOrder emit(
      Event event,
      String record,
      RecordOrder order,
      Optional<Prerequisite> missed,
      KnownState known) {
    missed.ifPresent(
        prerequisite -> {
          LogLines.about(LOG.atDebug(), event)
              .log("Released without its prerequisite: {}", prerequisite);
          String name = prerequisite.name().toLowerCase(Locale.ROOT);
          metrics.missed(name, event.getSource(), event.getEventType());
        });
    forward(record, new Sequenced.InOrder(Sequencing.released(event, missed), known));
    return Sequencing.emitted(order, event);
  }

  private void forward(String record, Sequenced sequenced) {
    Event event = sequenced.event();
    output.processed(event);
    next.forward(context, new Record<>(record, sequenced, event.getReceivedAt().toEpochMilli()));
  }

  private RecordOrder order(String record, long now) {
    return orders
        .find(record)
        .map(order -> Sequencing.withoutFutureMark(order, now))
        .orElse(Sequencing.NOTHING_EMITTED);
  }

  private OrderingRule rule(Event event) {
    OrderingRule rule = rules.of(event.getRecord().getType());
    return windows.reorder(event.getSource()).map(rule::withReorderWindow).orElse(rule);
  }

  /** Up to which position a record's events are released early, and with what urgency. */
  private record Release(String position, Turn.Urgency urgency) {
    /** Events that are due themselves are released in the order of deliveries across records. */
    Turn.Urgency urgencyOf(Waiting waiting, long now) {
      if (waiting.position().compareTo(position) <= 0) {
        return urgency;
      }
      return waiting.dueAt() <= now ? Turn.Urgency.DEFERRED : Turn.Urgency.NONE;
    }
  }
}
