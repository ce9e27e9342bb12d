package io.millrace.edge;

import io.millrace.edge.admit.Client;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.RequestCapacity;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A request to a source, as far as it has come. A step takes what the step before it made, so none
 * can be left out: only what was proved can be stored.
 */
sealed interface Exchange {

  /** What was known when it arrived. */
  Arrived arrived();

  /** The request, once it was read in full. */
  default Optional<SignedRequest> read() {
    return Optional.empty();
  }

  /** What was proved of it, once something was. */
  default Optional<Verdict.Verified> proof() {
    return Optional.empty();
  }

  /**
   * It has come to the path of a source.
   *
   * @param source empty if no such source is connected
   * @param client who sent it, as far as that can be known
   * @param pathToken the raw path segment after the source's name
   * @param http its head; the body is still to be read from it
   */
  record Arrived(
      Optional<ConnectedSource> source,
      Instant time,
      Client client,
      Optional<String> pathToken,
      HttpServletRequest http)
      implements Exchange {

    @Override
    public Arrived arrived() {
      return this;
    }

    /** Whether it may bring a delivery; other methods only ask whether anybody is there. */
    boolean isDelivery() {
      return http.getMethod().equals("POST");
    }
  }

  /**
   * Its body may be read.
   *
   * @param permit the part of the capacity that it holds until it is answered
   */
  record Admitted(Arrived arrived, ConnectedSource source, RequestCapacity.Permit permit)
      implements Exchange {}

  /** All of it was read. */
  record Received(Admitted admitted, SignedRequest request) implements Exchange {

    @Override
    public Arrived arrived() {
      return admitted.arrived();
    }

    @Override
    public Optional<SignedRequest> read() {
      return Optional.of(request);
    }

    ConnectedSource source() {
      return admitted.source();
    }
  }

  /** It is genuine. */
  record Proved(Received received, Verdict.Verified verdict) implements Exchange {

    @Override
    public Arrived arrived() {
      return received.arrived();
    }

    @Override
    public Optional<SignedRequest> read() {
      return received.read();
    }

    @Override
    public Optional<Verdict.Verified> proof() {
      return Optional.of(verdict);
    }

    ConnectedSource source() {
      return received.source();
    }

    SignedRequest request() {
      return received.request();
    }
  }
}
