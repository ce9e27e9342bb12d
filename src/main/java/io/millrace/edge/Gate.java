package io.millrace.edge;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * What a request must pass before its body is read, cheapest first: its address, the limits, and
 * whether there is room for it.
 */
final class Gate {
  private static final int REMEMBERED_ADDRESSES = 10_000;

  /** A request that was let in. */
  record Admitted(Client client, Room.Seat seat) {}

  private final TrustedProxies proxies;
  private final RateLimits limits;
  private final UnverifiedSenders unverified;
  private final Room room;

  Gate(NetworkSettings settings, TimeMeter time) {
    proxies = new TrustedProxies(settings.proxies());
    limits = new RateLimits(time);
    unverified = new UnverifiedSenders(settings.limits().unverified(), REMEMBERED_ADDRESSES, time);
    room = new Room(settings.limits().requests(), settings.limits().bodyBytes());
  }

  void measure(MeterRegistry registry) {
    Gauge.builder("millrace.edge.requests", room, Room::requests)
        .description("Requests being answered")
        .register(registry);
    Gauge.builder("millrace.edge.bodies", room, Room::bytes)
        .description("Bodies in memory until they are answered")
        .baseUnit("bytes")
        .register(registry);
  }

  /**
   * Refuses the request, or lets it take its seat until it is answered.
   *
   * @param client who sent it
   */
  Admitted admit(HttpServletRequest request, ConnectedSource source, Client client) {
    source.checkAddress(client);
    unverified.check(client.address());
    limits.check(source.source());
    Room.Seat seat = room.enter(client.address());
    Request.addCompletionListener(
        ServletContextRequest.getServletContextRequest(request), failure -> seat.leave());
    return new Admitted(client, seat);
  }

  /** Counts a genuine request, or refuses it if it is one too many. */
  void verified(ConnectedSource source, Admitted admitted) {
    admitted.seat().prove();
    unverified.verified(admitted.client().address());
    limits.count(source.source());
  }

  /** Counts a request that proved nothing, whatever it was answered. */
  void unverified(Admitted admitted) {
    unverified.unverified(admitted.client().address());
  }

  /** Who sent it, as far as that can be known. */
  Client client(HttpServletRequest request) {
    return proxies.find(Peer.of(request), header -> Collections.list(request.getHeaders(header)));
  }
}
