package io.millrace.edge.wire;

import java.util.Optional;

/**
 * What lies between the senders and the edge.
 *
 * @param tls empty: plain HTTP
 */
public record NetworkSettings(
    Optional<TlsSettings> tls, ProxySettings proxies, LimitSettings limits) {}
