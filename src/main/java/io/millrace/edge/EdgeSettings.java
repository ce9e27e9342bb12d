package io.millrace.edge;

import java.time.Duration;

/**
 * How the edge listens and what it puts up with.
 *
 * @param instance tells the edges of one cluster apart; the same again after a restart
 * @param host address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param maxBodyBytes largest body accepted, in bytes, at least 1
 * @param maxHeaderBytes largest request line and headers accepted, in bytes, at least 1024
 * @param appendTimeout how long a sender waits for the log before it is told to come again
 * @param requestTimeout how long a request may take to arrive in full
 * @param idleTimeout how long a connection may be silent
 * @param drainTime how long closing waits for requests that are being answered; may be zero
 * @param unusedSecretAfter how long a secret may go unused beside one that is used
 * @param replay what is remembered of deliveries whose signature holds no time
 * @param network what lies between the senders and the edge
 * @param inspector how much of what came is kept to be looked at
 */
public record EdgeSettings(
    String instance,
    String host,
    int port,
    int maxBodyBytes,
    int maxHeaderBytes,
    Duration appendTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration drainTime,
    Duration unusedSecretAfter,
    ReplaySettings replay,
    NetworkSettings network,
    InspectorSettings inspector) {
  private static final int MAX_PORT = 65_535;

  public EdgeSettings {
    require(!instance.isBlank(), "instance must not be blank");
    require(!host.isBlank(), "host must not be blank");
    require(port >= 0 && port <= MAX_PORT, "port must be 0 to 65535, not " + port);
    require(maxBodyBytes >= 1, "maxBodyBytes must be at least 1, not " + maxBodyBytes);
    require(maxHeaderBytes >= 1024, "maxHeaderBytes must be at least 1024, not " + maxHeaderBytes);
    require(appendTimeout.isPositive(), "appendTimeout must be positive, not " + appendTimeout);
    require(requestTimeout.isPositive(), "requestTimeout must be positive, not " + requestTimeout);
    require(idleTimeout.isPositive(), "idleTimeout must be positive, not " + idleTimeout);
    require(
        unusedSecretAfter.isPositive(),
        "unusedSecretAfter must be positive, not " + unusedSecretAfter);
    require(!drainTime.isNegative(), "drainTime must not be negative, not " + drainTime);
  }

  /** Settings with what operators choose chosen; the rest fits every sender known. */
  public static EdgeSettings of(String host, int port, int maxBodyBytes, Duration drainTime) {
    return new EdgeSettings(
        "1",
        host,
        port,
        maxBodyBytes,
        16 * 1024,
        Duration.ofSeconds(8),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        drainTime,
        Duration.ofDays(1),
        ReplaySettings.defaults(),
        NetworkSettings.defaults(),
        InspectorSettings.defaults());
  }

  /** Port 8080 of this machine alone, bodies up to 1 MiB, ten seconds to drain. */
  public static EdgeSettings defaults() {
    return of("127.0.0.1", 8080, 1024 * 1024, Duration.ofSeconds(10));
  }

  /** What its addresses begin with: http or https. */
  public String scheme() {
    return network.tls().isPresent() ? "https" : "http";
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
