package io.millrace;

import io.millrace.edge.ForwardingHeaders;
import io.millrace.edge.LimitSettings;
import io.millrace.edge.NetworkSettings;
import io.millrace.edge.ProxySettings;
import io.millrace.edge.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts together the settings of the edge's network, several of which make sense only together. */
final class NetworkConfig {
  private NetworkConfig() {}

  static NetworkSettings from(GivenSettings given) {
    return new NetworkSettings(
        proxies(given),
        new LimitSettings(
            given.get(Settings.EDGE_REQUESTS_LIMIT),
            given.get(Settings.EDGE_CONNECTIONS_LIMIT),
            given.get(Settings.EDGE_BODIES_LIMIT),
            given.get(Settings.EDGE_UNVERIFIED_LIMIT)),
        tls(given));
  }

  private static ProxySettings proxies(GivenSettings given) {
    List<String> trusted = given.get(Settings.EDGE_TRUSTED_PROXIES);
    boolean proxyProtocol = given.get(Settings.EDGE_PROXY_PROTOCOL);
    if (proxyProtocol && trusted.isEmpty()) {
      given.fault("edge.proxy.protocol needs edge.trusted.proxies, or no proxy is believed");
    }
    String headers = given.get(Settings.EDGE_TRUSTED_HEADERS);
    return new ProxySettings(
        trusted,
        ForwardingHeaders.valueOf(headers.toUpperCase(Locale.ROOT).replace('-', '_')),
        proxyProtocol);
  }

  private static Optional<TlsSettings> tls(GivenSettings given) {
    Optional<Path> certificate = given.get(Settings.EDGE_TLS_CERTIFICATE);
    Optional<Path> key = given.get(Settings.EDGE_TLS_KEY);
    Optional<String> passphrase = given.get(Settings.EDGE_TLS_KEY_PASSPHRASE);
    Optional<Path> clientCa = given.get(Settings.EDGE_TLS_CLIENT_CA);
    if (certificate.isPresent() != key.isPresent()) {
      given.fault("edge.tls.certificate and edge.tls.key belong together: set both, or neither");
    }
    if (certificate.isEmpty() && (passphrase.isPresent() || clientCa.isPresent())) {
      given.fault(
          "edge.tls.key.passphrase and edge.tls.client.ca need edge.tls.certificate and"
              + " edge.tls.key");
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsSettings(
            certificate.get(),
            key.get(),
            passphrase,
            clientCa,
            given.get(Settings.EDGE_TLS_RELOAD_INTERVAL)));
  }
}
