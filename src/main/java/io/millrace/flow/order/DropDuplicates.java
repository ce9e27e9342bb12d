package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.SeenEvent;
import io.millrace.flow.order.Deduplication.Admission;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.LogLines;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import io.millrace.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits every event of a source once within the source's dedupe window. */
public final class DropDuplicates implements Processor<String, Event, String, SpecificRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(DropDuplicates.class);

  private final Names names;
  private final SourceWindows windows;
  private final Duration retention;
  private final Outlet<Event> next;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;
  private WindowStore<String, SeenEvent> seen;

  /**
   * @param retention how long the store keeps ids, in stream time
   * @param next receives the admitted events
   */
  public DropDuplicates(
      Names names,
      SourceWindows windows,
      Duration retention,
      Outlet<Event> next,
      FlowMetrics metrics) {
    this.names = names;
    this.windows = windows;
    this.retention = retention;
    this.next = next;
    this.metrics = metrics;
  }

  /**
   * The names of the step and its store in its role.
   *
   * @param step its own node
   * @param store its store
   */
  public record Names(String step, String store) {}

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(names.step(), context, metrics);
    seen = context.getStateStore(names.store());
  }

  @Override
  public void process(Record<String, Event> record) {
    Event event = record.value();
    Optional<Buckets> buckets = output.attempt(event, () -> buckets(event));
    if (buckets.isEmpty()) {
      return;
    }
    if (buckets.get().areForgotten()) {
      output.refuse(
          event,
          Reason.TOO_OLD,
          "It arrived at %s. Ids are kept for %d days, so it is unknown whether it was delivered."
              .formatted(event.getReceivedAt(), retention.toDays()));
      return;
    }
    String identity = EventKeys.identity(event);
    List<SeenEvent> found = search(identity, buckets.get());
    switch (Deduplication.decide(event, found)) {
      case Admission.Admitted admitted -> {
        seen.put(identity, admitted.seen(), buckets.get().own());
        output.event(record.key(), event, next);
      }
      case Admission.Dropped dropped -> {
        LogLines.about(LOG.atDebug(), event).log("Dropped a duplicate");
        metrics.duplicate(event.getSource(), event.getEventType());
        output.write(Topics.EVENTS_DUPLICATE, record.key(), dropped.duplicate(), event);
      }
    }
  }

  private Buckets buckets(Event event) {
    long arrival = event.getReceivedAt().toEpochMilli();
    Duration window = windows.dedupe(event.getSource());
    return new Buckets(
        Deduplication.bucket(arrival, window),
        Deduplication.bucketsToSearch(arrival, window),
        Deduplication.isForgotten(arrival, window, context.currentStreamTimeMs(), retention));
  }

  /** Point reads only: a range read over the windows takes five times as long. */
  private List<SeenEvent> search(String identity, Buckets buckets) {
    List<SeenEvent> found = new ArrayList<>();
    for (long start : buckets.all()) {
      SeenEvent known = seen.fetch(identity, start);
      if (known != null) {
        found.add(known);
      }
    }
    return found;
  }

  /**
   * The buckets to search for an event.
   *
   * @param areForgotten whether they have expired: the store would ignore a put, and a replay would
   *     be admitted again
   */
  private record Buckets(long own, List<Long> all, boolean areForgotten) {}
}
