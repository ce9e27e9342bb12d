package io.millrace.edge;

import java.util.Optional;

/**
 * What lies between the senders and the edge.
 *
 * @param tls empty: plain HTTP
 */
public record NetworkSettings(
    ProxySettings proxies, LimitSettings limits, Optional<TlsSettings> tls) {

  /** Plain HTTP without a proxy, with the usual limits. */
  public static NetworkSettings defaults() {
    return new NetworkSettings(ProxySettings.none(), LimitSettings.defaults(), Optional.empty());
  }
}
