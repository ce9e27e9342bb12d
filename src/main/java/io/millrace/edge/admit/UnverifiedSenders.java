package io.millrace.edge.admit;

import io.github.bucket4j.TimeMeter;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import io.millrace.source.RateLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who sends much that proves nothing. Such an address is answered before its request is read, so
 * that a flood of forgeries costs little. An address that something genuine came from lately is let
 * through all the same: senders share addresses, and a forger must not lock out his neighbours.
 *
 * <p>Addresses are forgotten when there are too many, those not seen for longest first. An attacker
 * who has that many gets his requests read; the limit on requests at a time still holds.
 */
public final class UnverifiedSenders {
  private static final long PROVED_NANOS = Duration.ofMinutes(10).toNanos();

  private static final class Sender {
    private final Tokens unverified;
    private Optional<Long> provedAt = Optional.empty();

    Sender(Tokens unverified) {
      this.unverified = unverified;
    }
  }

  private final RateLimit limit;
  private final int capacity;
  private final TimeMeter time;
  private final Map<String, Sender> senders = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param capacity how many addresses are remembered
   */
  public UnverifiedSenders(RateLimit limit, int capacity, TimeMeter time) {
    this.limit = limit;
    this.capacity = capacity;
    this.time = time;
  }

  /** Refuses an address that sent too much. */
  public synchronized void check(String address) {
    Optional<Sender> known = Optional.ofNullable(senders.get(NodeAddress.network(address)));
    long wait = known.filter(sender -> !hasProved(sender)).map(this::secondsToWait).orElse(0L);
    if (wait > 0) {
      throw Problem.of(
              Reason.RATE_LIMITED,
              "More than "
                  + limit
                  + " requests from "
                  + address
                  + " were not verified; see the answers to them, and send again later")
          .retryAfter(RetryAfter.nextToken(wait))
          .closingConnection()
          .toException();
    }
  }

  /** Counts a request that proved nothing. */
  public synchronized void unverified(String address) {
    // Nobody is refused for the one too many: the next one is.
    boolean unused = sender(address).unverified.take();
  }

  /** Remembers that something genuine came from there. */
  public synchronized void verified(String address) {
    sender(address).provedAt = Optional.of(time.currentTimeNanos());
  }

  private Sender sender(String address) {
    Sender sender =
        senders.computeIfAbsent(
            NodeAddress.network(address), unseen -> new Sender(new Tokens(limit, time)));
    if (senders.size() > capacity) {
      senders.remove(senders.keySet().iterator().next());
    }
    return sender;
  }

  private boolean hasProved(Sender sender) {
    return sender.provedAt.filter(at -> time.currentTimeNanos() - at < PROVED_NANOS).isPresent();
  }

  private long secondsToWait(Sender sender) {
    return sender.unverified.secondsToNext();
  }
}
