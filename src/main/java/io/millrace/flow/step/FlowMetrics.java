package io.millrace.flow.step;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.event.FieldProblem;
import io.millrace.model.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The metrics of the steps. They are not exact: a transaction that is retried is counted twice
 * here, while the topics contain it once.
 */
public final class FlowMetrics {
  /**
   * The most event types per source that are counted separately: senders can invent types, and each
   * costs a time series.
   */
  static final int MOST_TYPES = 100;

  /** The label value for all further types. */
  static final String OTHER_TYPES = "other";

  private final MeterRegistry registry;
  private final ConcurrentMap<String, Set<String>> types = new ConcurrentHashMap<>();

  /** Looking a meter up by its tags costs more than counting, and every event passes five steps. */
  private final ConcurrentMap<String, Timer> latencies = new ConcurrentHashMap<>();

  private final ConcurrentMap<Series, Counter> counters = new ConcurrentHashMap<>();

  /**
   * A registry holds gauges weakly and ignores a second one with the same name: a partition that
   * returns needs its first gauge.
   */
  private final ConcurrentMap<String, AtomicLong> waiting = new ConcurrentHashMap<>();

  public FlowMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Series(String step, String source, String type) {}

  /** An event left a step; {@code sinceArrival} is the time since the edge received it. */
  public void processed(String step, String source, String type, Duration sinceArrival) {
    latencies.computeIfAbsent(step, this::latency).record(sinceArrival);
    counters
        .computeIfAbsent(new Series(step, source, bounded(source, type)), this::events)
        .increment();
  }

  private Timer latency(String step) {
    return Timer.builder("millrace.stage.latency")
        .description("Time from the arrival of a delivery at the edge to the end of the step")
        .tag("step", step)
        .publishPercentileHistogram()
        .register(registry);
  }

  private Counter events(Series series) {
    return counter(
        "millrace.stage.events",
        "Events that left a step",
        "step",
        series.step(),
        "source",
        series.source(),
        "type",
        series.type());
  }

  public void duplicate(String source, String type) {
    counter(
            "millrace.events.duplicate",
            "Events dropped as duplicates",
            "source",
            source,
            "type",
            bounded(source, type))
        .increment();
  }

  /** Counts an event about a person who was erased. */
  public void suppressed(String source, String type) {
    counter(
            "millrace.events.suppressed",
            "Events suppressed because the person they are about was erased",
            "source",
            source,
            "type",
            bounded(source, type))
        .increment();
  }

  /**
   * Counts a sender's request to erase a person, by its outcome.
   *
   * @param outcome erased, or why it was only reported
   */
  public void erasureRequest(String source, String outcome) {
    counter(
            "millrace.erasure.requests",
            "Senders' requests to erase a person, by identifier and outcome",
            "source",
            source,
            "outcome",
            outcome)
        .increment();
  }

  public void late(String source, String type) {
    counter(
            "millrace.events.late",
            "Record events that arrived after a later event of their record was emitted",
            "source",
            source,
            "type",
            bounded(source, type))
        .increment();
  }

  /** Counts an announced stage change. Lifecycles are declared, so there are few label values. */
  public void stageChange(String lifecycle, String verdict, String status) {
    counter(
            "millrace.stages.changed",
            "Announced changes of records' stages and watched fields",
            "lifecycle",
            lifecycle,
            "verdict",
            verdict,
            "status",
            status)
        .increment();
  }

  public void deadLetter(String source, Reason reason) {
    counter(
            "millrace.dead.letters",
            "Deliveries and events written to dead-letters, by source and reason",
            "source",
            source,
            "reason",
            reason.name())
        .increment();
  }

  /**
   * Counts a delivery, or a part of one, that reports nothing.
   *
   * @param what the name that the source's catalogue entry gives it
   */
  public void nothing(String source, String what) {
    counter(
            "millrace.deliveries.nothing",
            "Deliveries and parts of them that report nothing, such as pings",
            "source",
            source,
            "what",
            what)
        .increment();
  }

  /** Counts a field that violates its rule. Only declared fields are checked. */
  public void badField(String source, FieldProblem problem) {
    counter(
            "millrace.fields.bad",
            "Values that did not match the rule of their field",
            "source",
            source,
            "field",
            problem.getField(),
            "policy",
            problem.getPolicy())
        .increment();
  }

  /** The gauge of how many events are waiting in a step's partition, for the step to update. */
  public AtomicLong waiting(String step, int partition) {
    return waiting.computeIfAbsent(step + '/' + partition, key -> waitingGauge(step, partition));
  }

  /**
   * Counts an event that was released without its prerequisite after its longest wait.
   *
   * @param prerequisite the missing prerequisite, in lower case
   */
  public void missed(String prerequisite, String source, String type) {
    counter(
            "millrace.prerequisites.missed",
            "Record events released without their prerequisite",
            "prerequisite",
            prerequisite,
            "source",
            source,
            "type",
            bounded(source, type))
        .increment();
  }

  /** Counts an identifier whose person, account or state changed. */
  public void assignment(String state) {
    counter(
            "millrace.identity.assignments",
            "Identifiers that got another person, account or state, by the state",
            "state",
            state)
        .increment();
  }

  /** Counts identifiers that are held because too many are linked. */
  public void held(int count) {
    counter(
            "millrace.identity.held",
            "Identifiers that became held: all that they are linked to is too much for one person")
        .increment(count);
  }

  /**
   * Counts events that were released early; {@code bound} is the setting that limits how many may
   * wait.
   */
  public void overflow(String bound) {
    counter(
            "millrace.waiting.overflows",
            "Times that events were released early because too many were waiting",
            "bound",
            bound)
        .increment();
  }

  private AtomicLong waitingGauge(String step, int partition) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("millrace.waiting", value, AtomicLong::get)
        .description("Events waiting in a step")
        .tags("step", step, "partition", Integer.toString(partition))
        .register(registry);
    return value;
  }

  private String bounded(String source, String type) {
    Set<String> known = types.computeIfAbsent(source, added -> ConcurrentHashMap.newKeySet());
    // Two threads may both add the last one; the limit only bounds the cost.
    boolean isKnown = known.contains(type) || (known.size() < MOST_TYPES && known.add(type));
    return isKnown ? type : OTHER_TYPES;
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }
}
