package io.millrace.edge.admit;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests are being answered and how much of them is in memory, and the bounds of it. One
 * address takes up half of that at most before it proves anything: whoever sends a thousand bodies
 * a byte at a time then slows nobody but his neighbours.
 */
public final class RequestCapacity {
  /** What the requests of one address take up that have proved nothing yet. */
  private static final class Share {
    private int requests;
    private long bytes;
  }

  private final int maxRequests;
  private final long maxBytes;
  private final Map<String, Share> unproved = new HashMap<>();
  private int requests;
  private long bytes;

  /**
   * @param maxBytes of all bodies together
   */
  public RequestCapacity(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /** What one request takes up, until it is answered. */
  public final class Permit {
    private final String network;
    private final Share share;
    private long held;
    private boolean counted = true;
    private boolean proved;
    private boolean released;

    private Permit(String network, Share share) {
      this.network = network;
      this.share = share;
    }

    /** Takes up more, or refuses the request. */
    void hold(int more) {
      synchronized (RequestCapacity.this) {
        if (released || bytes + more > maxBytes) {
          throw full("the bodies being read fill the memory set aside for them");
        }
        if (counted && share.bytes - held > maxBytes / 2) {
          throw full("bodies from your address fill half of the memory set aside for them");
        }
        bytes += more;
        held += more;
        share.bytes += counted ? more : 0;
      }
    }

    /** It is genuine, and no longer counts against its address. */
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

    /** Gives all of it back; releasing twice changes nothing. */
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
      if (counted) {
        counted = false;
        share.requests--;
        share.bytes -= held;
        if (share.requests == 0) {
          unproved.remove(network);
        }
      }
    }
  }

  /** Takes a request from an address in, or refuses it. */
  public synchronized Permit acquire(String address) {
    if (requests >= maxRequests) {
      throw full("it answers as many requests as it may");
    }
    String network = NodeAddress.network(address);
    Share share = unproved.computeIfAbsent(network, unseen -> new Share());
    if (share.requests >= (maxRequests + 1) / 2) {
      throw full("half of the requests it may answer are being read from your address");
    }
    share.requests++;
    requests++;
    return new Permit(network, share);
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
