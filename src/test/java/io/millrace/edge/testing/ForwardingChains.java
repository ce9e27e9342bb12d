package io.millrace.edge.testing;

import io.millrace.edge.admit.Client;
import io.millrace.edge.admit.Peer;
import io.millrace.edge.admit.TrustedProxies;
import io.millrace.edge.wire.ForwardingHeaders;
import io.millrace.edge.wire.ProxySettings;
import io.millrace.fuzz.Choices;
import io.millrace.source.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold for every chain of proxies, whatever a sender puts before what they wrote: the
 * sender is the one that called the outermost trusted proxy, or else the nearest proxy itself;
 * never anybody the sender names.
 */
public final class ForwardingChains {
  private static final String PEER = "10.0.0.1";
  private static final String SENDER = "192.0.2.7";
  private static final List<AddressRange> TRUSTED =
      List.of(AddressRange.parse("10.0.0.0/8").orElseThrow());
  private static final List<String> PROXIES = List.of("", ", 10.0.0.5", ",10.0.0.5:99, 10.0.0.6");

  private static final List<String> PIECES =
      List.of(
          "203.0.113.9",
          "10.0.0.9",
          "[2001:db8::9]:1",
          "unknown",
          "_hidden",
          ",",
          ";",
          "\"",
          "\\",
          "\\\"",
          "=",
          " ",
          "for=",
          "for=203.0.113.9",
          "for=10.0.0.9",
          "for=\"[::1",
          "proto=https",
          "host=evil",
          "\u0000",
          "\u00ff",
          "[",
          "a".repeat(300),
          "\\a".repeat(500),
          ", ,".repeat(500));

  private ForwardingChains() {}

  /** Reads the chain that the bytes describe. */
  public static void check(byte[] bytes) {
    Choices choices = new Choices(bytes);
    ForwardingHeaders believed = choices.of(List.of(ForwardingHeaders.values()));
    String proxies = choices.of(PROXIES);
    boolean sameLine = choices.flag();
    String older = space(choices) + SENDER + proxies;
    String newer = "for=" + SENDER + proxies.replaceAll(", *([0-9.:]+)", ", for=\"$1\"");
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("X-Forwarded-For", lines(forged(choices), older, sameLine));
    if (choices.flag()) {
      headers.put("Forwarded", lines(forged(choices), newer, sameLine));
    }
    headers.put("X-Forwarded-Proto", List.of(forged(choices)));
    headers.put("X-Forwarded-Host", List.of(forged(choices)));

    Client trusted = find(believed, PEER, headers);
    Client direct = find(believed, SENDER, headers);

    boolean found = List.of(SENDER, PEER).contains(trusted.address());
    require(found, trusted, headers);
    boolean isShort = headers.get("X-Forwarded-For").toString().length() < 2000;
    if (believed == ForwardingHeaders.X_FORWARDED && isShort) {
      require(trusted.address().equals(SENDER), trusted, headers);
    }
    require(direct.equals(Client.direct(SENDER)), direct, headers);
  }

  private static Client find(
      ForwardingHeaders believed, String peer, Map<String, List<String>> headers) {
    TrustedProxies proxies = new TrustedProxies(new ProxySettings(TRUSTED, believed, false));
    return proxies.find(
        new Peer(peer, Optional.empty()), name -> headers.getOrDefault(name, List.of()));
  }

  private static String space(Choices choices) {
    return choices.flag() ? " " : "";
  }

  private static List<String> lines(String forged, String written, boolean sameLine) {
    if (forged.isEmpty()) {
      return List.of(written);
    }
    return sameLine ? List.of(forged + "," + written) : List.of(forged, written);
  }

  private static String forged(Choices choices) {
    List<String> pieces = new ArrayList<>();
    for (int count = choices.below(8); count > 0; count--) {
      pieces.add(choices.of(PIECES));
    }
    return String.join("", pieces);
  }

  private static void require(boolean holds, Client client, Map<String, List<String>> headers) {
    if (!holds) {
      throw new AssertionError(client + " was taken from " + headers);
    }
  }
}
