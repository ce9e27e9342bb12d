package io.millrace.source;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
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
 * @param system the system whose ids it gives: its own name unless it says another; several sources
 *     of one system share its ids
 * @param staging whether its events are kept separate from production, see {@code Staging}
 * @param publicUrl the URL the sender calls, for schemes that sign it; empty: the URL as received
 * @param secrets all configured secrets, including those not yet or no longer active, newest first
 * @param allow addresses it may send from, in CIDR notation; empty: any
 * @param requiredAssurance the least a delivery has to prove; empty: as much as its provider can
 * @param spool whether its deliveries are spooled on the edge's own disk while the log is
 *     unavailable; by default, if the sender treats any answer as success
 * @param spread whether its deliveries go to all partitions of the log, so that all processes share
 *     them; otherwise they go to one partition and are read in the order of arrival. By default, if
 *     all its events are about people
 * @param dedupeWindow how long an event id is remembered, more than zero, at most 15 days
 * @param reorderWindow how long its record events wait for earlier ones; empty: as defined by the
 *     rules of the record's type
 * @param rateLimit how much it may deliver; empty: no limit of its own
 * @param capture where a secret sent by its provider is saved; empty: every secret is configured
 */
public record Source(
    String name,
    Provider provider,
    String system,
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
  /** A source without any configuration, not even a secret. */
  public static Source unconfigured(String name, Provider provider) {
    return new Source(
        name,
        provider,
        name,
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
   * The order in which secrets are tried: if a sender signs with an old and a new one at once, the
   * new one must be counted as used, otherwise the old one would never look unused.
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
   * Applies the source's requirements to a verdict: an allowed address proves {@code NETWORK}, and
   * proving too little is a refusal.
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

  /** How long a repeat is expected: its sender may retry, and the flow recognises its events. */
  public Duration repeatHorizon() {
    Duration retries = provider.retryHorizon();
    return retries.compareTo(dedupeWindow) > 0 ? retries : dedupeWindow;
  }

  /** Whether it expects a secret from its provider, because it has no active one. */
  public boolean awaitsSecret(Instant now) {
    return capture.filter(awaited -> now.isBefore(awaited.until())).isPresent()
        && deliverySecrets().stream().noneMatch(secret -> secret.isActive(now));
  }

  /** Whether no delivery can be verified, now or later. */
  boolean isWithoutProof(Instant now) {
    return provider.verification().needsSecret()
        && deliverySecrets().isEmpty()
        && !awaitsSecret(now);
  }

  /** The secrets for verifying deliveries, active or not. */
  public List<Secret> deliverySecrets() {
    return secrets.stream().filter(secret -> !secret.use().equals(Secret.HANDSHAKE)).toList();
  }
}
