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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
   * The names of the step, its store and what follows it in its role.
   *
   * @param step its own node
   * @param store its store
   * @param later the steps between this one and the one that delivers the event
   */
  public record Names(String step, String store, Set<String> later) {
    public Names {
      later = Set.copyOf(later);
    }
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(names.step(), context, metrics);
    seen = context.getStateStore(names.store());
  }

  @Override
  public void process(Record<String, Event> record) {
    Event event = record.value();
    Optional<SearchedBuckets> buckets = output.attempt(event, () -> buckets(event));
    if (buckets.isEmpty()) {
      return;
    }
    if (!buckets.get().areComplete() && !isLetter(event)) {
      output.refuse(
          event,
          Reason.TOO_OLD,
          ("It arrived at %s, and ids are kept for %d days, so it is unknown here whether a copy was"
                  + " delivered. dead-letters replay looks that up and delivers it if not.")
              .formatted(event.getReceivedAt(), retention.toDays()));
      return;
    }
    String key = EventKeys.admission(event);
    List<SeenEvent> found = search(key, event, buckets.get());
    switch (Deduplication.decide(event, found, names.later())) {
      case Admission.Admitted admitted -> {
        remember(key, event, admitted.seen(), buckets.get());
        output.event(record.key(), event, next);
      }
      case Admission.Dropped dropped -> {
        LogLines.about(LOG.atDebug(), event).log("Dropped a duplicate");
        metrics.duplicate(event.getSource(), event.getEventType());
        output.write(Topics.EVENTS_DUPLICATE, record.key(), dropped.duplicate(), event);
      }
    }
  }

  private SearchedBuckets buckets(Event event) {
    long arrival = event.getReceivedAt().toEpochMilli();
    Duration window = windows.dedupe(event.getSource());
    long now = context.currentStreamTimeMs();
    // A letter is sent again only after a look at the topics, which keep events longer than ids.
    return isLetter(event)
        ? SearchedBuckets.ofReplayedLetter(arrival, window, now, retention)
        : SearchedBuckets.of(arrival, window, now, retention);
  }

  private static boolean isLetter(Event event) {
    return Deduplication.isReplayedLetter(event.getMetadata());
  }

  /** Point reads only: a range read over the windows takes five times as long. */
  private List<SeenEvent> search(String key, Event event, SearchedBuckets buckets) {
    List<SeenEvent> found = new ArrayList<>();
    for (long start : buckets.starts()) {
      SeenEvent known = seen.fetch(key, start);
      if (known != null && isNear(known, event)) {
        found.add(known);
      }
    }
    return found;
  }

  /** An entry in the bucket of its own time is; one in that of its replay says when it arrived. */
  private boolean isNear(SeenEvent known, Event event) {
    Optional<Instant> arrived = known.getArrivedAt();
    return arrived.isEmpty()
        || (isLetter(event)
            && SearchedBuckets.letterFinds(
                event.getReceivedAt().toEpochMilli(),
                arrived.get().toEpochMilli(),
                windows.dedupe(event.getSource())));
  }

  /**
   * What an entry in the bucket of the present replaces there, if anything, is that of a letter
   * that arrived earlier, and whatever looks for that one finds this one as well.
   */
  private void remember(String key, Event event, SeenEvent admitted, SearchedBuckets buckets) {
    buckets.place().ifPresent(place -> seen.put(key, admitted, place));
    buckets
        .present()
        .ifPresent(
            present ->
                seen.put(
                    key,
                    new SeenEvent(
                        admitted.getReplay(), admitted.getLineage(), event.getReceivedAt()),
                    present));
  }
}
