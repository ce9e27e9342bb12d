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
 * A request to a source, at the stage it has reached. Each step takes the result of the step before
 * it, so none can be left out: only a proved request can be stored.
 */
sealed interface Exchange {

  /** What was known on arrival. */
  Arrived arrived();

  /** The request, once it has been read in full. */
  default Optional<SignedRequest> read() {
    return Optional.empty();
  }

  /** The verdict, once the request has been proved. */
  default Optional<Verdict.Verified> proof() {
    return Optional.empty();
  }

  /**
   * A request that arrived at the path of a source.
   *
   * @param source empty if no such source is connected
   * @param client the sender, as far as it can be known
   * @param pathToken the raw path segment after the source's name
   * @param http its headers; the body has not been read yet
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

    /** Whether it can contain a delivery; other methods only check the address. */
    boolean isDelivery() {
      return http.getMethod().equals("POST");
    }
  }

  /**
   * A request whose body may be read.
   *
   * @param permit the capacity it holds until it is answered
   */
  record Admitted(Arrived arrived, ConnectedSource source, RequestCapacity.Permit permit)
      implements Exchange {}

  /** A request that has been read in full. */
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

  /** A request that has been verified. */
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
