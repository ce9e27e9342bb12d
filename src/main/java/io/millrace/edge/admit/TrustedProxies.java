package io.millrace.edge.admit;

import io.millrace.edge.admit.Client.Told;
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
 * Finds the sender behind the proxies. A header is believed as far as those who wrote it are: from
 * the right, each trusted proxy vouches for the address it was called from, and the first that is
 * not a trusted proxy is the sender. What stands to the left of it the sender wrote.
 */
public final class TrustedProxies {
  private static final String FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";
  private static final int LONGEST_CHAIN = 4096;

  /** A header's values in the order of its lines; empty if it is missing. */
  public interface Lines extends Function<String, List<String>> {}

  /**
   * Where the walk through a chain ended.
   *
   * @param proxies how many trusted ones it passed, the peer among them
   */
  private record Walk(String address, int proxies) {}

  private final List<AddressRange> trusted;
  private final ForwardingHeaders believed;

  public TrustedProxies(ProxySettings settings) {
    trusted = settings.trusted();
    believed = settings.headers();
  }

  /** Who sent a request, as far as that can be known. */
  public Client client(HttpServletRequest request) {
    return find(Peer.of(request), header -> Collections.list(request.getHeaders(header)));
  }

  public Client find(Peer peer, Lines headers) {
    if (!isTrusted(peer.address())) {
      // Also where it introduced somebody by the PROXY protocol: anybody can.
      return Client.direct(peer.address());
    }
    String nearest = peer.introduced().orElse(peer.address());
    String origin = peer.introduced().isPresent() ? "the PROXY protocol" : "the connection";
    if (!isTrusted(nearest)) {
      return new Client(nearest, origin, Told.nothing());
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
        // A proxy that writes one of them hands on the other as the sender wrote it.
        yield byOlder.address().equals(byNewer.address())
            ? xForwarded(peer, origin, byOlder, headers)
            : new Client(
                peer,
                origin
                    + " (X-Forwarded-For and Forwarded disagree: set edge.trusted.headers to the"
                    + " one your proxy writes)",
                Told.nothing());
      }
    };
  }

  private static Client xForwarded(String peer, String origin, Walk walk, Lines headers) {
    Function<String, Optional<String>> told =
        name -> {
          List<String> values = split(headers.apply(name));
          return values.isEmpty() ? Optional.empty() : Optional.of(written(values, walk));
        };
    return client(
        peer,
        origin,
        FOR,
        walk,
        new Told(
            told.apply("X-Forwarded-Proto"),
            told.apply("X-Forwarded-Host"),
            told.apply("X-Forwarded-Port"),
            told.apply("X-Forwarded-Prefix")));
  }

  private static Client forwarded(
      String peer, String origin, Walk walk, List<Map<String, String>> elements) {
    Map<String, String> element = elements.isEmpty() ? Map.of() : written(elements, walk);
    return client(
        peer,
        origin,
        FORWARDED,
        walk,
        new Told(
            Optional.ofNullable(element.get("proto")),
            Optional.ofNullable(element.get("host")),
            Optional.empty(),
            Optional.empty()));
  }

  private static Client client(String peer, String origin, String header, Walk walk, Told told) {
    boolean walked = !walk.address().equals(peer);
    return new Client(walk.address(), walked ? "the header " + header : origin, told);
  }

  /** What the outermost trusted proxy wrote: each adds at the right, or replaces all there was. */
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

  private boolean isTrusted(String address) {
    return trusted.stream().anyMatch(range -> range.holds(address));
  }

  /** An overlong chain is nobody's: a chain nobody can read stops the walk at the peer. */
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
