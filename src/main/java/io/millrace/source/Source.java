package io.millrace.source;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import io.millrace.normalize.Staging;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.provider.Provider;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A connected sender.
 *
 * @param name its path: {@code /in/NAME}
 * @param staging whether what it says is kept apart from production, see {@link Staging}
 * @param publicUrl what URL-bound schemes are signed against; empty: the URL as received
 * @param secrets every configured one, also those not yet or no longer active, newest first
 * @param allow addresses it may send from, in CIDR notation; empty: any
 * @param requiredAssurance the least a delivery has to prove; empty: what its provider can
 * @param spool whether its deliveries are acknowledged from the edge's own disk while the log is
 *     away; unless the file says otherwise, where the sender takes any answer for success
 * @param spread whether its deliveries go to all partitions of the log, so that every process can
 *     take a share of them; otherwise they go to one and are read in the order they came in. Unless
 *     the file says otherwise, where everything it sends is about people
 * @param dedupeWindow how long an event id is remembered, more than zero, at most 15 days
 * @param reorderWindow how long its record events wait for earlier ones; empty: as long as the
 *     rules of the record's type say
 * @param rateLimit how much it may deliver; empty: as much as the edge takes
 * @param capture where the secret goes that its provider brings; empty: every secret is configured
 */
public record Source(
    String name,
    Provider provider,
    boolean staging,
    Optional<String> publicUrl,
    List<Secret> secrets,
    List<String> allow,
    Optional<Assurance> requiredAssurance,
    boolean spool,
    boolean spread,
    Duration dedupeWindow,
    Optional<Duration> reorderWindow,
    Mapping mapping,
    Optional<RateLimit> rateLimit,
    Optional<SecretCapture> capture) {
  /** A source about which nothing is configured, not even a secret. */
  public static Source unconfigured(String name, Provider provider) {
    return new Source(
        name,
        provider,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        provider.anyAnswerIsSuccess(),
        provider.events().isAllAboutPeople(List.of()),
        SourceReader.defaultWindow(provider),
        Optional.empty(),
        Mapping.none(),
        Optional.empty(),
        Optional.empty());
  }

  public Source {
    secrets = newestFirst(secrets);
    allow = List.copyOf(allow);
  }

  /**
   * The secrets as they are to be tried: where a sender signs with an old and a new one at once,
   * the new one has to get the credit, or the old one would never seem to be of no more use.
   */
  private static List<Secret> newestFirst(List<Secret> secrets) {
    return secrets.stream()
        .sorted(
            Comparator.comparing(
                (Secret secret) -> secret.notBefore().orElse(Instant.MIN),
                Comparator.reverseOrder()))
        .toList();
  }

  /**
   * What a verdict is worth here: a sender that proves nothing but its address has proved that, and
   * too little is a refusal.
   */
  public Verdict weigh(Verdict verdict) {
    if (!(verdict instanceof Verdict.Verified verified)) {
      return verdict;
    }
    boolean addressOnly = verified.assurance() == Assurance.NONE && !allow.isEmpty();
    Verdict.Verified proved =
        addressOnly ? new Verdict.Verified(Assurance.NETWORK, Optional.empty()) : verified;
    return requiredAssurance
        .filter(required -> proved.assurance().compareTo(required) > 0)
        .<Verdict>map(
            required ->
                new Verdict.Refused(
                    Reason.PROVES_TOO_LITTLE,
                    "The request proves %s, and the source's file requires %s"
                        .formatted(proved.assurance(), required)))
        .orElse(proved);
  }

  /**
   * How long a repeat is nothing to wonder at: its sender may retry, and the flow knows its events.
   */
  public Duration repeatHorizon() {
    Duration retries = provider.retryHorizon();
    return retries.compareTo(dedupeWindow) > 0 ? retries : dedupeWindow;
  }

  /** Whether it waits for its provider to bring a secret: it has none that counts now. */
  public boolean awaitsSecret(Instant now) {
    return capture.filter(awaited -> now.isBefore(awaited.until())).isPresent()
        && deliverySecrets().stream().noneMatch(secret -> secret.isActive(now));
  }

  /** Whether no delivery could be verified, now or later. */
  boolean isWithoutProof(Instant now) {
    return provider.verification().needsSecret()
        && deliverySecrets().isEmpty()
        && !awaitsSecret(now);
  }

  /** Those that can prove a delivery, be it now or not. */
  public List<Secret> deliverySecrets() {
    return secrets.stream().filter(secret -> !secret.use().equals(Secret.HANDSHAKE)).toList();
  }
}
