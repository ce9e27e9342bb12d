package io.millrace.edge;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.ConnectedSources;
import io.millrace.edge.admit.RateLimits;
import io.millrace.edge.admit.RequestCapacity;
import io.millrace.edge.admit.UnverifiedSenders;
import io.millrace.edge.wire.Connections;
import io.millrace.edge.wire.LimitSettings;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Checks a request before its body is read, cheapest check first: the requirements of its source,
 * the limits, and the capacity of the edge.
 */
final class Admission {
  private static final int REMEMBERED_ADDRESSES = 10_000;

  private final RateLimits limits;
  private final UnverifiedSenders unverified;
  private final RequestCapacity capacity;

  Admission(LimitSettings settings, TimeMeter time) {
    limits = new RateLimits(time);
    unverified = new UnverifiedSenders(settings.unverified(), REMEMBERED_ADDRESSES, time);
    capacity = new RequestCapacity(settings.requests(), settings.bodyBytes(), time);
  }

  void measure(MeterRegistry registry) {
    Gauge.builder("millrace.edge.requests", capacity, RequestCapacity::requests)
        .description("Requests being answered")
        .register(registry);
    Gauge.builder("millrace.edge.bodies", capacity, RequestCapacity::bytes)
        .description("Request bodies in memory")
        .baseUnit("bytes")
        .register(registry);
  }

  /** Whether something genuine came from an address recently. */
  boolean isKnown(String address) {
    return unverified.isKnown(address);
  }

  /** Refuses the request, or lets it hold a permit until it is answered. */
  Exchange.Admitted admit(Exchange.Arrived arrived) {
    ConnectedSource source = arrived.source().orElseThrow(ConnectedSources::unknown);
    source.checkAddress(arrived.client());
    unverified.check(arrived.client().address());
    limits.check(source.source());
    ServletContextRequest http = ServletContextRequest.getServletContextRequest(arrived.http());
    String address = arrived.client().address();
    RequestCapacity.Permit permit =
        capacity.acquire(
            address,
            unverified.isKnown(address),
            () -> Connections.abort(http.getConnectionMetaData().getConnection().getEndPoint()));
    Request.addCompletionListener(http, failure -> permit.release());
    return new Exchange.Admitted(arrived, source, permit);
  }

  /** Counts a genuine request, or refuses it if it exceeds its source's rate. */
  void proved(Exchange.Admitted admitted) {
    admitted.permit().prove();
    unverified.verified(admitted.arrived().client().address());
    limits.count(admitted.source().source());
  }

  /** Counts a request that proved nothing, whatever its answer is. */
  void provedNothing(Exchange.Admitted admitted) {
    unverified.unverified(admitted.arrived().client().address());
  }

  /** Counts a request that was admitted but refused before it proved anything. */
  void refused(Exchange reached) {
    switch (reached) {
      case Exchange.Admitted admitted -> provedNothing(admitted);
      // A genuine request beyond its source's rate is refused right after it was proved.
      case Exchange.Received(var admitted, var request) -> {
        if (!admitted.permit().isProved()) {
          provedNothing(admitted);
        }
      }
      case Exchange.Arrived arrived -> {}
      case Exchange.Proved proved -> {}
    }
  }
}
