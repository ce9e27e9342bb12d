package io.millrace.edge.admit;

import io.github.bucket4j.TimeMeter;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits the number of requests in progress and the memory of their bodies. While a body is read,
 * nobody knows whether it is genuine; so senders that never proved anything share three quarters of
 * the capacity fairly, and the last quarter is for senders that did. If there is no room left, the
 * slowest body of whoever has most of it is given up.
 */
public final class RequestCapacity {
  /** A body that takes longer than this is slow: nearly all arrive in one packet. */
  private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int RESERVED_PART = 4;

  private final int maxRequests;
  private final long maxBytes;
  private final TimeMeter time;
  private final Shares strangers;
  private final Shares known;
  private int requests;
  private long bytes;

  /** The requests whose bodies are being read, of one kind of sender. */
  private record Shares(FairShare<Permit> requests, FairShare<Permit> bytes) {
    private Shares(long maxRequests, long maxBytes) {
      this(new FairShare<>(maxRequests), new FairShare<>(maxBytes));
    }
  }

  /**
   * @param maxBytes the limit for all bodies together
   */
  public RequestCapacity(int maxRequests, long maxBytes, TimeMeter time) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
    this.time = time;
    strangers =
        new Shares(maxRequests - maxRequests / RESERVED_PART, maxBytes - maxBytes / RESERVED_PART);
    known = new Shares(maxRequests, maxBytes);
  }

  /** The capacity held by one request until it is answered. */
  public final class Permit {
    private final boolean isKnown;
    private final Shares shares;
    private final Runnable abort;
    private final FairShare.Part<Permit> requestPart;
    private final FairShare.Part<Permit> bytesPart;
    private final long since = time.currentTimeNanos();
    private long held;
    private boolean proved;
    private boolean released;
    private boolean givenUp;

    private Permit(SenderNetwork network, boolean isKnown, Runnable abort) {
      this.isKnown = isKnown;
      this.abort = abort;
      shares = isKnown ? known : strangers;
      requestPart = shares.requests().add(network, this);
      bytesPart = shares.bytes().add(network, this);
    }

    /** Acquires memory for more bytes, or refuses the request. */
    void hold(int more) {
      List<Permit> givenBack = new ArrayList<>();
      try {
        synchronized (RequestCapacity.this) {
          requireNotGivenUp();
          bytes += more;
          held += more;
          shares.bytes().grow(bytesPart, more);
          makeRoomForBytes(this, givenBack);
        }
      } finally {
        givenBack.forEach(permit -> permit.abort.run());
      }
    }

    /** Refuses the request if its capacity was given to another. */
    void requireNotGivenUp() {
      synchronized (RequestCapacity.this) {
        if (givenUp) {
          throw full("it gave up this request, which was slow, for others");
        }
        if (released) {
          throw full("the request is over");
        }
      }
    }

    /** Marks the body as complete: from now on the request is not given up for another. */
    void complete() {
      synchronized (RequestCapacity.this) {
        requireNotGivenUp();
        endShare();
      }
    }

    /** Marks the request as genuine. */
    public void prove() {
      synchronized (RequestCapacity.this) {
        proved = true;
        endShare();
      }
    }

    public boolean isProved() {
      synchronized (RequestCapacity.this) {
        return proved;
      }
    }

    /** Releases the capacity; releasing twice has no effect. */
    public void release() {
      synchronized (RequestCapacity.this) {
        if (!released) {
          endShare();
          released = true;
          bytes -= held;
          requests--;
        }
      }
    }

    private void endShare() {
      shares.requests().remove(requestPart);
      shares.bytes().remove(bytesPart);
    }

    private boolean isSlow() {
      return time.currentTimeNanos() - since >= SLOW_NANOS;
    }
  }

  /**
   * Admits a request from an address, or refuses it.
   *
   * @param isKnown whether something genuine came from the address recently
   * @param abort ends the request at once when its capacity is given to another; must not block
   */
  public Permit acquire(String address, boolean isKnown, Runnable abort) {
    SenderNetwork network = SenderNetwork.of(address);
    List<Permit> givenBack = new ArrayList<>();
    try {
      synchronized (this) {
        Permit permit = new Permit(network, isKnown, abort);
        permit.shares.requests().grow(permit.requestPart, 1);
        requests++;
        makeRoomForRequest(permit, givenBack);
        return permit;
      }
    } finally {
      givenBack.forEach(permit -> permit.abort.run());
    }
  }

  private void makeRoomForRequest(Permit wanted, List<Permit> givenBack) {
    FairShare<Permit> share = wanted.shares.requests();
    while (share.isOverShare(wanted.requestPart)) {
      giveBack(
          share.firstBeside(wanted.requestPart),
          wanted,
          givenBack,
          "your address has its share of the requests in progress");
    }
    while (requests > maxRequests || share.isOverLimit()) {
      giveBack(
          strangers.requests().first().or(() -> share.first()),
          wanted,
          givenBack,
          "it has reached its limit of requests at a time");
    }
  }

  private void makeRoomForBytes(Permit wanted, List<Permit> givenBack) {
    FairShare<Permit> share = wanted.shares.bytes();
    while (share.isOverShare(wanted.bytesPart)) {
      giveBack(
          share.firstBeside(wanted.bytesPart),
          wanted,
          givenBack,
          "bodies from your address use their share of the memory reserved for bodies");
    }
    while (bytes > maxBytes || share.isOverLimit()) {
      giveBack(
          strangers.bytes().first().or(() -> share.first()),
          wanted,
          givenBack,
          "the bodies being read use all the memory reserved for them");
    }
  }

  /**
   * Gives up a request for the wanted one; refuses the latter instead if there is none, or none
   * that is slow. A sender that is known need not wait for that.
   */
  private void giveBack(
      Optional<Permit> candidate, Permit wanted, List<Permit> givenBack, String why) {
    Optional<Permit> victim =
        candidate
            .filter(permit -> permit != wanted)
            .filter(permit -> permit.isSlow() || (wanted.isKnown && !permit.isKnown));
    if (victim.isEmpty()) {
      wanted.release();
      throw full(why);
    }
    victim.get().givenUp = true;
    victim.get().release();
    givenBack.add(victim.get());
  }

  public synchronized int requests() {
    return requests;
  }

  public synchronized long bytes() {
    return bytes;
  }

  private static ProblemException full(String why) {
    return Problem.of(
            Reason.OVERLOADED, "The edge is busy: " + why + "; send the delivery again shortly")
        .retryAfter(RetryAfter.CAPACITY_FREED)
        .closingConnection()
        .toException();
  }
}
