package io.millrace.flow.engagement;

import io.millrace.event.Event;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.DueRun;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.step.StepClock;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.StoreWalk;
import io.millrace.model.OrphanEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Holds a person's engagement until the context that a rule requires has arrived, or its wait is
 * over; then it is forwarded as an orphan. Without a rule everything is forwarded at once, and no
 * store is read.
 */
public final class AwaitContext implements Processor<String, PersonInput, String, Object> {
  public static final String NAME = "await-context";
  public static final String KNOWN = "known-people";

  /** The most events of one person that wait for one rule; further events are forwarded at once. */
  static final long MOST_OF_ONE = 1_000;

  /** The most events that wait in one partition. */
  static final long MOST_IN_ALL = 100_000;

  private static final Duration CHECK_EVERY = Duration.ofMillis(500);

  /** A person without events for this long is no longer known. */
  static final long KNOWN_DAYS = 400;

  /** How often the last event of a known person is written at most. */
  private static final long REFRESH_DAYS = 30;

  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final ContextRules rules;
  private final CaughtUp caughtUp;
  private final Outlet<PersonInput> next;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private StepClock clock;

  /** How many events wait; or, as a negative number, the day of a known person's last event. */
  private KeyValueStore<String, Long> known;

  private WaitingEngagement room;

  /** Only shows the number: tasks of a partition share it, and close after the next one began. */
  private AtomicLong waitingGauge;

  public AwaitContext(
      ContextRules rules, CaughtUp caughtUp, Outlet<PersonInput> next, FlowMetrics metrics) {
    this.rules = rules;
    this.caughtUp = caughtUp;
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    clock = StepClock.ofEngagement(context, caughtUp);
    known = context.getStateStore(KNOWN);
    room = new WaitingEngagement(context.getStateStore(WaitingEngagement.EVENTS));
    waitingGauge = metrics.waiting(NAME, context.taskId().partition());
    waitingGauge.set(room.count());
    // Also without a rule: events held by an earlier rule must be released.
    context.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, wall -> releaseDue());
    StoreWalk.begin(context, known, this::freeIfOver);
  }

  @Override
  public void process(Record<String, PersonInput> record) {
    switch (record.value()) {
      case PersonInput.Arrived arrived -> process(record, arrived.event());
      case PersonInput.Change change -> next.forward(context, record);
    }
  }

  private void process(Record<String, PersonInput> record, Event event) {
    if (rules.all().isEmpty() && room.count() == 0) {
      // The usual case; the next step counts the event.
      next.forward(context, record);
      return;
    }
    clock.recordArrived();
    releaseDue();
    arrive(record.key(), event);
    waitingGauge.set(room.count());
  }

  @Override
  public void close() {
    waitingGauge.set(0);
  }

  private void arrive(String person, Event event) {
    for (ContextRule rule : rules.all()) {
      if (rule.isMetBy(event.getEventType())) {
        heardOf(place(rule, person));
      }
    }
    waitOrGoOn(person, event);
    for (ContextRule rule : rules.all()) {
      if (rule.isMetBy(event.getEventType())) {
        release(place(rule, person), person);
      }
    }
  }

  private void release(String place, String person) {
    List<Event> released = room.takeAll(place);
    released.forEach(event -> waitOrGoOn(person, event));
  }

  private void waitOrGoOn(String person, Event event) {
    Optional<ContextRule> missing =
        rules.all().stream()
            .filter(rule -> rule.holds(event.getEventType()))
            .filter(rule -> !isKnown(place(rule, person)))
            .findFirst();
    if (missing.isEmpty()) {
      goOn(person, event);
      return;
    }
    String place = place(missing.get(), person);
    long before = waitingAt(place);
    if (before >= MOST_OF_ONE || room.count() >= MOST_IN_ALL) {
      goOn(person, OrphanEvents.flagged(event));
      return;
    }
    room.hold(place, event, clock.now() + missing.get().atMost().toMillis());
    known.put(place, before + 1);
  }

  private void releaseDue() {
    long now = clock.now();
    DueRun.through(context, () -> room.takeDue(now), this::release);
    waitingGauge.set(room.count());
  }

  private void release(WaitingEngagement.Due due) {
    long left = waitingAt(due.place()) - 1;
    if (left <= 0) {
      known.put(due.place(), null);
    } else {
      known.put(due.place(), left);
    }
    goOn(due.event().getRecord().getId(), OrphanEvents.flagged(due.event()));
  }

  private void goOn(String person, Event event) {
    output.processed(event);
    next.forward(
        context,
        new Record<>(person, new PersonInput.Arrived(event), event.getReceivedAt().toEpochMilli()));
  }

  private boolean isKnown(String place) {
    if (waitingAt(place) >= 0) {
      return false;
    }
    heardOf(place);
    return true;
  }

  /** Writes that a person is known, unless that was written recently. */
  private void heardOf(String place) {
    long today = Math.floorDiv(context.currentStreamTimeMs(), DAY_MS);
    if (-waitingAt(place) <= today - REFRESH_DAYS) {
      known.put(place, -today);
    }
  }

  private void freeIfOver(String place, long number) {
    long today = Math.floorDiv(context.currentStreamTimeMs(), DAY_MS);
    if (number < 0 && -number < today - KNOWN_DAYS) {
      known.put(place, null);
    }
  }

  private long waitingAt(String place) {
    Long number = known.get(place);
    return number == null ? 0 : number;
  }

  private static String place(ContextRule rule, String person) {
    return RuleKey.of(rule.name(), person) + '/';
  }
}
