package io.millrace.bench.ledger;

import io.millrace.bench.simulator.OrderedEvents;
import io.millrace.bench.simulator.plan.AwaitedEvent;
import io.millrace.event.Event;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader;
import io.millrace.model.OwnEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Watches events-ordered for the simulator. */
public final class OrderedEventsWatch implements OrderedEvents, AutoCloseable {
  /** All senders together poll no more often than this. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final TopicReader reader;
  private final Set<String> ordered = new HashSet<>();
  private long lastLook = System.nanoTime() - LOOK_EVERY.toNanos();

  /**
   * @param reader owned by this object and closed with it
   */
  public OrderedEventsWatch(TopicReader reader) {
    this.reader = reader;
  }

  @Override
  public synchronized boolean isOrdered(AwaitedEvent awaited) {
    if (System.nanoTime() - lastLook >= LOOK_EVERY.toNanos()) {
      reader.read(Topics.EVENTS_ORDERED, this::take);
      lastLook = System.nanoTime();
    }
    return ordered.contains(name(awaited.subject().key(), awaited.occurredAt()));
  }

  private void take(String key, Optional<Event> value, int partition, long offset) {
    value
        .filter(event -> !OwnEvents.is(event))
        .ifPresent(event -> ordered.add(name(key, event.getOccurredAt())));
  }

  private static String name(String key, Instant occurredAt) {
    return key + "@" + occurredAt.toEpochMilli();
  }

  @Override
  public synchronized void close() {
    reader.close();
  }
}
