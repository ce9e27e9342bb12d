package io.millrace.source;

import io.millrace.verify.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connected sender.
 *
 * @param name its path: {@code /in/NAME}
 * @param publicUrl what URL-bound schemes are signed against; empty: the URL as received
 * @param secrets every configured one, also those not yet or no longer active
 * @param allow addresses it may send from, in CIDR notation; empty: any
 * @param spool whether its deliveries are acknowledged from the edge's own disk while the log is
 *     away; unless the file says otherwise, where the sender takes any answer for success
 * @param dedupeWindow how long an event id is remembered, more than zero, at most 15 days
 * @param rateLimit how much it may deliver; empty: as much as the edge takes
 * @param capture where the secret goes that its provider brings; empty: every secret is configured
 */
public record Source(
    String name,
    Provider provider,
    Optional<String> publicUrl,
    List<Secret> secrets,
    List<String> allow,
    boolean spool,
    Duration dedupeWindow,
    Mapping mapping,
    Optional<RateLimit> rateLimit,
    Optional<SecretCapture> capture) {
  /** A source about which nothing is configured, not even a secret. */
  public static Source unconfigured(String name, Provider provider) {
    return new Source(
        name,
        provider,
        Optional.empty(),
        List.of(),
        List.of(),
        provider.anyAnswerIsSuccess(),
        SourceReader.defaultWindow(provider),
        Mapping.none(),
        Optional.empty(),
        Optional.empty());
  }

  public Source {
    secrets = List.copyOf(secrets);
    allow = List.copyOf(allow);
  }

  /** Whether it waits for its provider to bring a secret: it has none that counts now. */
  public boolean awaitsSecret(Instant now) {
    return capture.filter(awaited -> now.isBefore(awaited.until())).isPresent()
        && secrets.stream().noneMatch(secret -> isForDeliveries(secret) && secret.isActive(now));
  }

  /** Whether no delivery could be verified, now or later. */
  boolean isWithoutProof(Instant now) {
    return provider.verification().needsSecret()
        && secrets.stream().noneMatch(Source::isForDeliveries)
        && !awaitsSecret(now);
  }

  private static boolean isForDeliveries(Secret secret) {
    return !secret.use().equals(Secret.HANDSHAKE);
  }
}
