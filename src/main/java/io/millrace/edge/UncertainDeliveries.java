package io.millrace.edge;

import java.time.Clock;
import java.time.Duration;
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
  private final RecentMemory<String, DeliveryIdentity> memory;

  /**
   * @param capacity how many it holds, at least 1
   * @param lifetime how long each is held after its last attempt
   */
  UncertainDeliveries(int capacity, Duration lifetime, Clock clock) {
    memory = new RecentMemory<>(capacity, lifetime, clock);
  }

  /** Takes out the identity an earlier attempt had, if there was one. */
  synchronized Optional<DeliveryIdentity> claim(String fingerprint) {
    return memory.remove(fingerprint);
  }

  /** Keeps the identity of an attempt that may be repeated; of two such, the first one's. */
  synchronized void remember(String fingerprint, DeliveryIdentity identity) {
    memory.put(fingerprint, memory.find(fingerprint).orElse(identity));
  }
}
