package io.millrace.source;

import io.millrace.rule.Assurance;
import io.millrace.verify.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A connected sender.
 *
 * @param name its path: {@code /in/NAME}
 * @param publicUrl what URL-bound schemes are signed against; empty: the URL as received
 * @param secrets every configured one, also those not yet or no longer active
 * @param allow addresses it may send from, in CIDR notation; empty: any
 * @param requiredAssurance the least a delivery has to prove; empty: what its provider can
 * @param dedupeWindow how long an event id is remembered, more than zero, at most 15 days
 */
public record Source(
    String name,
    Provider provider,
    Optional<String> publicUrl,
    List<Secret> secrets,
    List<String> allow,
    Optional<Assurance> requiredAssurance,
    Duration dedupeWindow,
    Mapping mapping) {
  public Source {
    secrets = List.copyOf(secrets);
    allow = List.copyOf(allow);
  }

  /**
   * The secrets as they should be tried: where a sender signs with an old and a new one at once,
   * the new one has to get the credit, or the old one would never seem to be of no more use.
   */
  public List<Secret> newestSecretsFirst() {
    return secrets.stream()
        .sorted(
            Comparator.comparing(
                (Secret secret) -> secret.notBefore().orElse(Instant.MIN),
                Comparator.reverseOrder()))
        .toList();
  }
}
