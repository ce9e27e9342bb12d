package io.millrace.edge.admit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.wire.ConnectionGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Limits the number of open connections. Senders that never proved anything share three quarters of
 * it fairly; the last quarter is for those that did, and for trusted proxies. A connection beyond
 * the limit takes the place of the oldest one of whoever has most of them, so nobody is locked out
 * by connections that do nothing.
 */
public final class ConnectionCapacity implements ConnectionGate {
  /** A younger connection is not given up for another: its request may be under way. */
  private static final long OLD_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int RESERVED_PART = 4;

  /** An open connection. */
  private static final class Held {
    private final Object connection;
    private final String peer;
    private final Runnable abort;
    private final long since;

    /** Its part of what strangers hold; empty if its sender is known. */
    private Optional<FairShare.Part<Held>> part = Optional.empty();

    private boolean ended;

    private Held(Object connection, String peer, Runnable abort, long since) {
      this.connection = connection;
      this.peer = peer;
      this.abort = abort;
      this.since = since;
    }
  }

  private final int limit;
  private final Predicate<String> isKnown;
  private final TimeMeter time;
  private final FairShare<Held> strangers;
  private final Map<Object, Held> open = new HashMap<>();

  /**
   * @param isKnown whether an address is a trusted proxy's, or something genuine came from it
   *     recently
   */
  public ConnectionCapacity(int limit, Predicate<String> isKnown, TimeMeter time) {
    this.limit = limit;
    this.isKnown = isKnown;
    this.time = time;
    strangers = new FairShare<>(limit - limit / RESERVED_PART);
  }

  @Override
  public void opened(String peer, Object connection, Runnable abort) {
    String address = NodeAddress.ofConnection(peer);
    Held newest = new Held(connection, address, abort, time.currentTimeNanos());
    List<Held> givenUp = new ArrayList<>();
    synchronized (this) {
      open.put(connection, newest);
      if (!isKnown.test(newest.peer)) {
        FairShare.Part<Held> part = strangers.add(SenderNetwork.of(newest.peer), newest);
        strangers.grow(part, 1);
        newest.part = Optional.of(part);
      }
      Optional<Held> excess = excess(newest);
      while (excess.isPresent() && !newest.ended) {
        makeRoom(excess.get(), newest, givenUp);
        excess = excess(newest);
      }
    }
    givenUp.forEach(held -> held.abort.run());
  }

  /** The connection whose turn it is to be given up; empty if all may stay. */
  private Optional<Held> excess(Held newest) {
    if (newest.part.filter(strangers::isOverShare).isPresent()) {
      return newest.part.flatMap(strangers::firstBeside);
    }
    if (strangers.isOverLimit()) {
      return strangers.first();
    }
    return open.size() > limit ? strangers.first().or(() -> Optional.of(newest)) : Optional.empty();
  }

  private void makeRoom(Held excess, Held newest, List<Held> givenUp) {
    if (excess != newest && isKnown.test(excess.peer)) {
      // Its sender has proved something since; it is no stranger any more.
      endPart(excess);
      return;
    }
    boolean isOld = time.currentTimeNanos() - excess.since >= OLD_NANOS;
    Held given = isOld || newest.part.isEmpty() ? excess : newest;
    endPart(given);
    given.ended = true;
    givenUp.add(given);
    open.remove(given.connection);
  }

  private void endPart(Held held) {
    held.part.ifPresent(strangers::remove);
    held.part = Optional.empty();
  }

  @Override
  public synchronized void closed(Object connection) {
    Optional.ofNullable(open.remove(connection)).ifPresent(this::endPart);
  }

  public void measure(MeterRegistry registry) {
    Gauge.builder("millrace.edge.connections", this, ConnectionCapacity::connections)
        .description("Open connections")
        .register(registry);
  }

  synchronized int connections() {
    return open.size();
  }
}
