package io.millrace.edge;

import io.millrace.source.Source;
import io.millrace.verify.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Something about a source's secrets that needs an operator's attention.
 *
 * @param text what was found and what to do; names secrets by their references
 */
record SecretFinding(Kind kind, String source, String text) {

  /** The kinds of findings. */
  enum Kind {
    /** The source cannot accept a delivery. */
    NONE_ACTIVE,
    EXPIRES_SOON,
    UNUSED
  }

  static final Duration SOON = Duration.ofDays(7);

  /**
   * All findings about a source at a given time.
   *
   * @param unusedAfter how long a secret may be unused while another one is used
   */
  static List<SecretFinding> of(Source source, SecretUses uses, Duration unusedAfter, Instant now) {
    if (!source.provider().verification().needsSecret()) {
      return List.of();
    }
    List<Secret> active =
        source.deliverySecrets().stream().filter(secret -> secret.isActive(now)).toList();
    if (active.isEmpty()) {
      return source.awaitsSecret(now) ? List.of() : List.of(noneActive(source));
    }
    List<SecretFinding> findings = new ArrayList<>();
    for (Secret secret : active) {
      secret
          .notAfter()
          .filter(end -> !end.isAfter(now.plus(SOON)))
          .filter(end -> !isFollowed(source, secret, end))
          .ifPresent(end -> findings.add(expires(source, secret, end)));
      if (isUnused(source, secret, uses, unusedAfter, now)) {
        findings.add(unused(source, secret));
      }
    }
    return findings;
  }

  /**
   * Whether a secret has been unused for that long while another one of its source was used: either
   * it is old and can be removed, or it is new and its sender does not use it yet.
   */
  static boolean isUnused(
      Source source, Secret secret, SecretUses uses, Duration unusedAfter, Instant now) {
    Instant quietSince = quietSince(source, secret, uses);
    return secret.isActive(now)
        && !quietSince.plus(unusedAfter).isAfter(now)
        && source.deliverySecrets().stream()
            .filter(other -> other.use().equals(secret.use()))
            .flatMap(other -> uses.lastUse(source.name(), other.reference()).stream())
            .anyMatch(use -> use.isAfter(quietSince));
  }

  private static Instant quietSince(Source source, Secret secret, SecretUses uses) {
    Instant watched = secret.notBefore().filter(uses.since()::isBefore).orElse(uses.since());
    return uses.lastUse(source.name(), secret.reference())
        .filter(watched::isBefore)
        .orElse(watched);
  }

  private static boolean isFollowed(Source source, Secret secret, Instant end) {
    return source.deliverySecrets().stream()
        .anyMatch(
            other ->
                !other.equals(secret)
                    && other.use().equals(secret.use())
                    && other.isActive(end)
                    && other.notAfter().map(end.plus(SOON)::isBefore).orElse(true));
  }

  private static SecretFinding noneActive(Source source) {
    String all =
        source.deliverySecrets().isEmpty()
            ? "it has none"
            : String.join(
                ", ", source.deliverySecrets().stream().map(SecretFinding::validity).toList());
    return new SecretFinding(
        Kind.NONE_ACTIVE,
        source.name(),
        ("No secret of the source %s is active, so its deliveries are answered 503: %s;"
                + " add one to its file, or fix notBefore and notAfter")
            .formatted(source.name(), all));
  }

  private static String validity(Secret secret) {
    String from = secret.notBefore().map(start -> " begins " + start).orElse("");
    String until = secret.notAfter().map(end -> " ends " + end).orElse("");
    return secret.reference() + from + until;
  }

  private static SecretFinding expires(Source source, Secret secret, Instant end) {
    return new SecretFinding(
        Kind.EXPIRES_SOON,
        source.name(),
        "The secret %s of the source %s ends %s and has no successor; add one"
            .formatted(secret.reference(), source.name(), end));
  }

  private static SecretFinding unused(Source source, Secret secret) {
    return new SecretFinding(
        Kind.UNUSED,
        source.name(),
        ("The secret %s of the source %s is active but unused, while another is used; if it is"
                + " the old one, remove it")
            .formatted(secret.reference(), source.name()));
  }
}
