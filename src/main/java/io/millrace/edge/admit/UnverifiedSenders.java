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
 * Limits the rate of unverified requests per address. Above it, a request is refused before it is
 * read, so a flood of forgeries costs little. An address that sent a genuine request recently is
 * exempt: senders share addresses, and a forger must not lock out the others.
 *
 * <p>If there are too many addresses, the least recently seen are forgotten. An attacker with that
 * many addresses gets requests read; the limit on concurrent requests still applies.
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
   * @param capacity the maximum number of addresses to remember
   */
  public UnverifiedSenders(RateLimit limit, int capacity, TimeMeter time) {
    this.limit = limit;
    this.capacity = capacity;
    this.time = time;
  }

  /** Refuses a request from an address that sent too many unverified ones. */
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
                  + " could not be verified; see the answers to them, and send this one again later")
          .retryAfter(RetryAfter.nextToken(wait))
          .closingConnection()
          .toException();
    }
  }

  /** Counts a request that proved nothing. */
  public synchronized void unverified(String address) {
    // The request that exceeds the rate is not refused; the next one is.
    boolean unused = sender(address).unverified.take();
  }

  /** Records that a genuine request came from the address. */
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
