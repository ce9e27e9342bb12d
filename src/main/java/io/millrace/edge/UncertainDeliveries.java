package io.millrace.edge;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers for a while the deliveries whose append failed, because they may be in the log
 * nevertheless, and those whose sender may have stopped waiting for the answer. The sender will
 * retry, and the retry must get the same identity, otherwise events identified by their arrival
 * would be duplicated.
 *
 * <p>An identity is given to one retry at a time. The memory is best effort: it is lost with the
 * process, and forgets the oldest entry once it is full.
 */
final class UncertainDeliveries {
  private final RecentMemory<String, DeliveryIdentity> memory;

  /**
   * @param capacity the maximum number of deliveries, at least 1
   * @param lifetime how long each is kept after its last attempt
   */
  UncertainDeliveries(int capacity, Duration lifetime, Clock clock) {
    memory = new RecentMemory<>(capacity, lifetime, clock);
  }

  /** Removes and returns the identity of an earlier attempt, if there was one. */
  synchronized Optional<DeliveryIdentity> claim(String fingerprint) {
    return memory.remove(fingerprint);
  }

  /** Keeps the identity of an attempt that may be repeated; of two attempts, that of the first. */
  synchronized void remember(String fingerprint, DeliveryIdentity identity) {
    memory.put(fingerprint, memory.find(fingerprint).orElse(identity));
  }
}
