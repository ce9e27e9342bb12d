package io.millrace.edge.wire;

import java.util.Optional;

/**
 * The network between the senders and the edge.
 *
 * @param tls empty for plain HTTP
 */
public record NetworkSettings(
    Optional<TlsSettings> tls, ProxySettings proxies, LimitSettings limits) {}
