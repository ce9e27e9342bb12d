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
 * Limits the rate of unverified requests per network of a sender. Above it, a request is refused
 * before it is read, so a flood of forgeries costs little. A network that sent a genuine request
 * recently is exempt: senders share addresses, and a forger must not lock out the others.
 *
 * <p>If there are too many networks, the least recently seen are forgotten, and those that sent
 * something genuine are forgotten only for others that did. An attacker with that many addresses
 * gets requests read; the limit on concurrent requests still applies.
 */
public final class UnverifiedSenders {
  private static final long PROVED_NANOS = Duration.ofMinutes(10).toNanos();

  /** How many times the rate of one network all networks of one owner have together. */
  private static final int OWNER_FACTOR = 10;

  private final RateLimit limit;
  private final RateLimit ownerLimit;
  private final int capacity;
  private final TimeMeter time;
  private final Map<String, Tokens> unverified = leastRecentFirst();
  private final Map<String, Long> provedAt = leastRecentFirst();

  /**
   * @param capacity the maximum number of networks to remember, of each kind
   */
  public UnverifiedSenders(RateLimit limit, int capacity, TimeMeter time) {
    this.limit = limit;
    this.ownerLimit = limit.times(OWNER_FACTOR);
    this.capacity = capacity;
    this.time = time;
  }

  private static <V> Map<String, V> leastRecentFirst() {
    return new LinkedHashMap<>(16, 0.75f, true);
  }

  /** Refuses a request from an address that sent too many unverified ones. */
  public synchronized void check(String address) {
    SenderNetwork network = SenderNetwork.of(address);
    if (hasProved(network)) {
      return;
    }
    long wait = Math.max(secondsToWait(network.narrow()), secondsToWait(network.wide()));
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
    SenderNetwork network = SenderNetwork.of(address);
    // The request that exceeds the rate is not refused; the next one is.
    take(network.narrow(), limit);
    if (!network.wide().equals(network.narrow())) {
      take(network.wide(), ownerLimit);
    }
  }

  /** Records that a genuine request came from the address. */
  public synchronized void verified(String address) {
    provedAt.put(SenderNetwork.of(address).narrow(), time.currentTimeNanos());
    forgetBeyond(capacity, provedAt);
  }

  /** Whether a genuine request came from the address's network recently. */
  public synchronized boolean isKnown(String address) {
    return hasProved(SenderNetwork.of(address));
  }

  private void take(String network, RateLimit rate) {
    boolean unused = unverified.computeIfAbsent(network, unseen -> new Tokens(rate, time)).take();
    forgetBeyond(capacity, unverified);
  }

  private static void forgetBeyond(int capacity, Map<String, ?> networks) {
    if (networks.size() > capacity) {
      networks.remove(networks.keySet().iterator().next());
    }
  }

  private boolean hasProved(SenderNetwork network) {
    Long at = provedAt.get(network.narrow());
    return at != null && time.currentTimeNanos() - at < PROVED_NANOS;
  }

  private long secondsToWait(String network) {
    return Optional.ofNullable(unverified.get(network)).map(Tokens::secondsToNext).orElse(0L);
  }
}
