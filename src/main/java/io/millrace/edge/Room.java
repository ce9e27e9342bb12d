package io.millrace.edge;

import io.millrace.rule.Reason;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many requests are being answered and how much of them is in memory, and the bounds of it. */
final class Room {
  private static final String RETRY_AFTER_SECONDS = "2";

  private final int maxRequests;
  private final long maxBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param maxBytes of all bodies together
   */
  Room(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /** What one request takes up, until it is answered. */
  final class Seat {
    private long held;
    private boolean left;

    private Seat() {}

    /** Takes up more, or refuses the request. */
    synchronized void hold(int more) {
      if (left || bytes.addAndGet(more) > maxBytes) {
        bytes.addAndGet(left ? 0 : -more);
        throw full("the bodies being read fill the memory set aside for them");
      }
      held += more;
    }

    /** Gives all of it back; leaving twice changes nothing. */
    synchronized void leave() {
      if (!left) {
        left = true;
        bytes.addAndGet(-held);
        requests.decrementAndGet();
      }
    }
  }

  /** Takes a request in, or refuses it. */
  Seat enter() {
    if (requests.incrementAndGet() > maxRequests) {
      requests.decrementAndGet();
      throw full("it answers as many requests as it may");
    }
    return new Seat();
  }

  int requests() {
    return requests.get();
  }

  long bytes() {
    return bytes.get();
  }

  private static RefusedException full(String why) {
    return Problem.of(
            Reason.OVERLOADED, "The edge is busy: " + why + "; send the delivery again shortly")
        .withHeader("Retry-After", RETRY_AFTER_SECONDS)
        .closingConnection()
        .toException();
  }
}
