package io.millrace.edge.admit;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the number of requests in progress and the memory of their bodies. One address gets at
 * most half of that before it proves anything, so an attacker who sends a thousand bodies byte by
 * byte affects only senders that share the address.
 */
public final class RequestCapacity {
  /** The share of one address: its requests that have proved nothing yet. */
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
   * @param maxBytes the limit for all bodies together
   */
  public RequestCapacity(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /** The capacity held by one request until it is answered. */
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

    /** Acquires memory for more bytes, or refuses the request. */
    void hold(int more) {
      synchronized (RequestCapacity.this) {
        if (released || bytes + more > maxBytes) {
          throw full("the bodies being read use all the memory reserved for them");
        }
        if (counted && share.bytes - held > maxBytes / 2) {
          throw full("bodies from your address use half of the memory reserved for bodies");
        }
        bytes += more;
        held += more;
        share.bytes += counted ? more : 0;
      }
    }

    /** Marks the request as genuine; it no longer counts against its address. */
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

  /** Admits a request from an address, or refuses it. */
  public synchronized Permit acquire(String address) {
    if (requests >= maxRequests) {
      throw full("it has reached its limit of requests at a time");
    }
    String network = NodeAddress.network(address);
    Share share = unproved.computeIfAbsent(network, unseen -> new Share());
    if (share.requests >= (maxRequests + 1) / 2) {
      throw full("half of the requests at its limit are being read from your address");
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
