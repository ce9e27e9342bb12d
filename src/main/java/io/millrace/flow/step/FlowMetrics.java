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
 * What the steps count. Figures, not accounts: a transaction that is retried counts twice here,
 * while the topics hold it once.
 */
public final class FlowMetrics {
  /**
   * So many types of a source are told apart; senders invent them, and each costs a time series.
   */
  static final int MOST_TYPES = 100;

  /** What stands for all types beyond. */
  static final String OTHER_TYPES = "other";

  private final MeterRegistry registry;
  private final ConcurrentMap<String, Set<String>> types = new ConcurrentHashMap<>();

  /** Looking a meter up by its tags costs more than counting, and every event passes five steps. */
  private final ConcurrentMap<String, Timer> latencies = new ConcurrentHashMap<>();

  private final ConcurrentMap<Series, Counter> counters = new ConcurrentHashMap<>();

  /**
   * A registry holds its gauges weakly and ignores a second one: a partition that comes back needs
   * its first.
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
        .description("Time from the arrival of a delivery at the edge to the end of a step")
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

  public void late(String source, String type) {
    counter(
            "millrace.events.late",
            "Record events that came after a later one had been emitted",
            "source",
            source,
            "type",
            bounded(source, type))
        .increment();
  }

  /** A change of stage was announced; lifecycles are declared, so few. */
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
            "Deliveries and events that could not be processed",
            "source",
            source,
            "reason",
            reason.name())
        .increment();
  }

  /** A field was not what it is meant to be; only fields that somebody declared are checked. */
  public void badField(String source, FieldProblem problem) {
    counter(
            "millrace.fields.bad",
            "Values that were not what their field is meant to hold",
            "source",
            source,
            "field",
            problem.getField(),
            "policy",
            problem.getPolicy())
        .increment();
  }

  /** A number to keep up to date: how much is waiting in a step's partition. */
  public AtomicLong waiting(String step, int partition) {
    return waiting.computeIfAbsent(step + '/' + partition, key -> waitingGauge(step, partition));
  }

  /**
   * An event went although it misses something, because it had waited long enough.
   *
   * @param prerequisite what it misses, in lower case
   */
  public void missed(String prerequisite, String source, String type) {
    counter(
            "millrace.prerequisites.missed",
            "Record events that went without what they waited for",
            "prerequisite",
            prerequisite,
            "source",
            source,
            "type",
            bounded(source, type))
        .increment();
  }

  /** Waiting events had to go before their time; {@code bound} is the setting that says so. */
  public void overflow(String bound) {
    counter(
            "millrace.waiting.overflows",
            "Times that too many events waited and the first were let go",
            "bound",
            bound)
        .increment();
  }

  private AtomicLong waitingGauge(String step, int partition) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("millrace.waiting", value, AtomicLong::get)
        .description("Events that wait in a step")
        .tags("step", step, "partition", Integer.toString(partition))
        .register(registry);
    return value;
  }

  private String bounded(String source, String type) {
    Set<String> known = types.computeIfAbsent(source, added -> ConcurrentHashMap.newKeySet());
    // Two threads may both add the last one; it is a bound on cost, not a promise.
    boolean isKnown = known.contains(type) || (known.size() < MOST_TYPES && known.add(type));
    return isKnown ? type : OTHER_TYPES;
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }
}
