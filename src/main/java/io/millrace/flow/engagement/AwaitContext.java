package io.millrace.flow.engagement;

import io.millrace.event.Event;
import io.millrace.event.PersonHistory;
import io.millrace.flow.erase.SuppressErased;
import io.millrace.flow.person.Departed;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.DueRun;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.step.StepClock;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.model.OrphanEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Holds a person's engagement until the context that a rule requires has arrived, or its wait is
 * over; then it is forwarded as an orphan. Without a rule everything is forwarded at once, and no
 * store is read. What waits of an identifier that leaves the person goes with it.
 */
public final class AwaitContext implements Processor<String, PersonInput, String, Object> {
  public static final String NAME = "await-context";
  public static final String KNOWN = "known-people";

  /** The most events of one person that wait for one rule; further events are forwarded at once. */
  static final long MOST_OF_ONE = 1_000;

  /** The most events that wait in one partition. */
  static final long MOST_IN_ALL = 100_000;

  private static final Duration CHECK_EVERY = Duration.ofMillis(500);

  private final ContextRules rules;
  private final CaughtUp caughtUp;
  private final Outlet<PersonInput> next;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private StepClock clock;
  private KnownPeople known;
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
    room = new WaitingEngagement(context.getStateStore(WaitingEngagement.EVENTS));
    waitingGauge = metrics.waiting(NAME, context.taskId().partition());
    waitingGauge.set(room.count());
    // Also without a rule: events held by an earlier rule must be released.
    context.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, wall -> releaseDue());
    known = new KnownPeople(context, context.getStateStore(KNOWN));
  }

  @Override
  public void process(Record<String, PersonInput> record) {
    switch (record.value()) {
      case PersonInput.Arrived arrived -> process(record, arrived.event());
      case PersonInput.Change change -> {
        if (!isIdle() || change instanceof PersonInput.Erased) {
          move(record.key(), change, record.timestamp());
        }
        next.forward(context, record);
      }
    }
  }

  /** The usual case: nothing waits, and nothing ever will. */
  private boolean isIdle() {
    return rules.all().isEmpty() && room.count() == 0;
  }

  private void process(Record<String, PersonInput> record, Event event) {
    if (isIdle()) {
      // The next step counts the event.
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

  private void move(String person, PersonInput.Change change, long at) {
    clock.recordArrived();
    releaseDue();
    switch (change) {
      case PersonInput.Departure departure -> depart(person, departure, at);
      case PersonInput.Joining joining -> join(person, joining.history().getKnownFor());
      case PersonInput.Erased erased -> erase(person, erased);
    }
    waitingGauge.set(room.count());
  }

  /** What waits of the identifier goes with it, and so does what is known of the person. */
  private void depart(String person, PersonInput.Departure departure, long at) {
    places(person).forEach(place -> sendWaiting(place, departure));
    List<String> knownFor =
        rules.all().stream()
            .filter(rule -> known.isNoted(place(rule, person)))
            .map(ContextRule::name)
            .toList();
    if (!knownFor.isEmpty()) {
      PersonHistory history = PersonHistory.newBuilder().setKnownFor(knownFor).build();
      Departed.send(
          output,
          departure,
          history,
          Cause.ofEngagement("identity:" + departure.identifier(), departure, at));
    }
  }

  /** Where events of a person may wait, also for rules of the past. */
  private Stream<String> places(String person) {
    return Stream.concat(rules.all().stream().map(ContextRule::name), room.earlierRules().stream())
        .distinct()
        .map(rule -> place(rule, person));
  }

  private void erase(String person, PersonInput.Erased erased) {
    places(person).forEach(place -> suppressWaiting(place, erased));
    if (person.equals(erased.identifier())) {
      places(person).forEach(known::forget);
    }
  }

  private void suppressWaiting(String place, PersonInput.Erased erased) {
    List<Event> waiting = room.takeAll(place, erased.identifier());
    if (!waiting.isEmpty()) {
      known.waitNoLonger(place, waiting.size());
      waiting.forEach(event -> SuppressErased.suppress(event, erased.order(), output, metrics));
    }
  }

  private void sendWaiting(String place, PersonInput.Departure departure) {
    List<Event> waiting = room.takeAll(place, departure.identifier());
    if (!waiting.isEmpty()) {
      known.waitNoLonger(place, waiting.size());
      waiting.forEach(
          event ->
              output.write(
                  Topics.PERSON_MESSAGES, departure.to(), departure.message(event), event));
    }
  }

  /** The person is known by what was known of another. */
  private void join(String person, List<String> knownFor) {
    List<String> places =
        rules.all().stream()
            .filter(rule -> knownFor.contains(rule.name()))
            .map(rule -> place(rule, person))
            .toList();
    places.forEach(known::heardOf);
    places.forEach(place -> release(place, person));
  }

  private void arrive(String person, Event event) {
    for (ContextRule rule : rules.all()) {
      if (rule.isMetBy(event.getEventType())) {
        known.heardOf(place(rule, person));
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
            .filter(rule -> !known.isKnown(place(rule, person)))
            .findFirst();
    if (missing.isEmpty()) {
      goOn(person, event);
      return;
    }
    String place = place(missing.get(), person);
    if (known.waitingAt(place) >= MOST_OF_ONE || room.count() >= MOST_IN_ALL) {
      goOn(person, OrphanEvents.flagged(event));
      return;
    }
    room.hold(place, event, clock.now() + missing.get().atMost().toMillis());
    known.waits(place);
  }

  private void releaseDue() {
    long now = clock.now();
    DueRun.through(context, () -> room.takeDue(now), this::release);
    waitingGauge.set(room.count());
  }

  private void release(WaitingEngagement.Due due) {
    known.waitNoLonger(due.place(), 1);
    goOn(due.person(), OrphanEvents.flagged(due.event()));
  }

  private void goOn(String person, Event event) {
    output.processed(event);
    next.forward(
        context,
        new Record<>(person, new PersonInput.Arrived(event), event.getReceivedAt().toEpochMilli()));
  }

  private static String place(ContextRule rule, String person) {
    return place(rule.name(), person);
  }

  private static String place(String rule, String person) {
    return RuleKey.of(rule, person) + '/';
  }
}
