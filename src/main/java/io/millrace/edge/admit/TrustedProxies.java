package io.millrace.edge.admit;

import io.millrace.edge.admit.Client.Forwarded;
import io.millrace.edge.wire.ForwardingHeaders;
import io.millrace.edge.wire.ProxySettings;
import io.millrace.source.AddressRange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the sender behind the proxies. A header is trusted as far as its authors are: from the
 * right, each trusted proxy vouches for the address it was called from, and the first address that
 * is not a trusted proxy is the sender. Everything to the left of it was written by the sender.
 */
public final class TrustedProxies {
  private static final String FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";
  private static final int LONGEST_CHAIN = 4096;

  /** A header's values in the order of its lines; empty if it is missing. */
  public interface Lines extends Function<String, List<String>> {}

  /**
   * The end of the walk through a chain.
   *
   * @param proxies the number of trusted proxies it passed, including the peer
   */
  private record Walk(String address, int proxies) {}

  private final List<AddressRange> trusted;
  private final ForwardingHeaders believed;

  public TrustedProxies(ProxySettings settings) {
    trusted = settings.trusted();
    believed = settings.headers();
  }

  /** Finds the sender of a request, as far as it can be known. */
  public Client client(HttpServletRequest request) {
    return find(Peer.of(request), header -> Collections.list(request.getHeaders(header)));
  }

  public Client find(Peer peer, Lines headers) {
    if (!isTrusted(peer.address())) {
      // Even if it used the PROXY protocol, because anyone can.
      return Client.direct(peer.address());
    }
    String nearest = peer.proxied().orElse(peer.address());
    String origin = peer.proxied().isPresent() ? "the PROXY protocol" : "the connection";
    if (!isTrusted(nearest)) {
      return new Client(nearest, origin, Forwarded.nothing());
    }
    return behind(nearest, origin, headers);
  }

  private Client behind(String peer, String origin, Lines headers) {
    List<String> older = chain(headers.apply(FOR));
    List<Map<String, String>> newer = elements(headers.apply(FORWARDED));
    Walk byOlder = walk(peer, older);
    Walk byNewer =
        walk(peer, newer.stream().map(element -> element.getOrDefault("for", "unknown")).toList());
    return switch (believed) {
      case X_FORWARDED -> xForwarded(peer, origin, byOlder, headers);
      case FORWARDED -> forwarded(peer, origin, byNewer, newer);
      case EITHER -> {
        if (newer.isEmpty()) {
          yield xForwarded(peer, origin, byOlder, headers);
        }
        if (older.isEmpty()) {
          yield forwarded(peer, origin, byNewer, newer);
        }
        // A proxy that writes one of the headers forwards the other as the sender wrote it.
        yield byOlder.address().equals(byNewer.address())
            ? xForwarded(peer, origin, byOlder, headers)
            : new Client(
                peer,
                origin
                    + " (X-Forwarded-For and Forwarded disagree: set edge.trusted.headers to the"
                    + " one your proxy writes)",
                Forwarded.nothing());
      }
    };
  }

  private static Client xForwarded(String peer, String origin, Walk walk, Lines headers) {
    Function<String, Optional<String>> forwarded =
        name -> {
          List<String> values = split(headers.apply(name));
          return values.isEmpty() ? Optional.empty() : Optional.of(written(values, walk));
        };
    return client(
        peer,
        origin,
        FOR,
        walk,
        new Forwarded(
            forwarded.apply("X-Forwarded-Proto"),
            forwarded.apply("X-Forwarded-Host"),
            forwarded.apply("X-Forwarded-Port"),
            forwarded.apply("X-Forwarded-Prefix")));
  }

  private static Client forwarded(
      String peer, String origin, Walk walk, List<Map<String, String>> elements) {
    Map<String, String> element = elements.isEmpty() ? Map.of() : written(elements, walk);
    return client(
        peer,
        origin,
        FORWARDED,
        walk,
        new Forwarded(
            Optional.ofNullable(element.get("proto")),
            Optional.ofNullable(element.get("host")),
            Optional.empty(),
            Optional.empty()));
  }

  private static Client client(
      String peer, String origin, String header, Walk walk, Forwarded forwarded) {
    boolean walked = !walk.address().equals(peer);
    return new Client(walk.address(), walked ? "the header " + header : origin, forwarded);
  }

  /**
   * The value written by the outermost trusted proxy: each proxy appends on the right, or replaces
   * everything.
   */
  private static <T> T written(List<T> values, Walk walk) {
    return values.get(Math.max(0, values.size() - walk.proxies()));
  }

  private Walk walk(String peer, List<String> chain) {
    Walk reached = new Walk(peer, 1);
    for (String element : chain.reversed()) {
      Optional<String> address = NodeAddress.parse(element);
      if (address.isEmpty()) {
        return reached;
      }
      if (!isTrusted(address.get())) {
        return new Walk(address.get(), reached.proxies());
      }
      reached = new Walk(address.get(), reached.proxies() + 1);
    }
    return reached;
  }

  public boolean isTrusted(String address) {
    return trusted.stream().anyMatch(range -> range.holds(address));
  }

  /** An overlong chain is not read: an unreadable chain ends the walk at the peer. */
  private static List<String> chain(List<String> lines) {
    return isTooLong(lines) ? List.of("unknown") : split(lines);
  }

  private static List<Map<String, String>> elements(List<String> lines) {
    return isTooLong(lines) ? List.of(Map.of()) : ForwardedHeader.elements(lines);
  }

  private static boolean isTooLong(List<String> lines) {
    return lines.stream().mapToInt(String::length).sum() > LONGEST_CHAIN;
  }

  private static List<String> split(List<String> lines) {
    return lines.stream()
        .flatMap(line -> line.indexOf(',') < 0 ? Stream.of(line) : Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }
}
