package io.millrace.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers for a while the deliveries whose append failed, for they may stand in the log all the
 * same, and those whose sender may have stopped waiting for the answer. The sender will come again
 * and must then find the identity it had, or events identified by their arrival would be there
 * twice.
 *
 * <p>An identity is handed out to one retry at a time. A memory, not an account: it is lost with
 * the process, and forgets the oldest once it is full.
 */
final class UncertainDeliveries {
  private record Entry(DeliveryIdentity identity, Instant until) {}

  private final int capacity;
  private final Duration lifetime;
  private final Clock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param capacity how many it holds, at least 1
   * @param lifetime how long each is held after its last attempt
   */
  UncertainDeliveries(int capacity, Duration lifetime, Clock clock) {
    this.capacity = capacity;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** Takes out the identity an earlier attempt had, if there was one. */
  synchronized Optional<DeliveryIdentity> claim(String fingerprint) {
    forgetExpired();
    return Optional.ofNullable(entries.remove(fingerprint)).map(Entry::identity);
  }

  /** Keeps the identity of an attempt that may be repeated; of two such, the first one's. */
  synchronized void remember(String fingerprint, DeliveryIdentity identity) {
    forgetExpired();
    Entry earlier = entries.remove(fingerprint);
    DeliveryIdentity kept = earlier == null ? identity : earlier.identity();
    entries.put(fingerprint, new Entry(kept, clock.instant().plus(lifetime)));
    if (entries.size() > capacity) {
      Iterator<String> oldestFirst = entries.keySet().iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }

  /** Insertion order is order of expiry, because every attempt inserts anew. */
  private void forgetExpired() {
    Instant now = clock.instant();
    Iterator<Entry> oldestFirst = entries.values().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().until().isAfter(now)) {
      oldestFirst.remove();
    }
  }
}
