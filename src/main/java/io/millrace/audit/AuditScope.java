package io.millrace.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * What is audited.
 *
 * @param source the only source; all if empty
 * @param since deliveries that arrived at or after it
 * @param until deliveries that arrived before it
 * @param keptSince deliveries that arrived at or after it have not expired
 */
public record AuditScope(Optional<String> source, Instant since, Instant until, Instant keptSince) {

  /** Everything, without expiry. */
  public static AuditScope everything() {
    return new AuditScope(Optional.empty(), Instant.MIN, Instant.MAX, Instant.MIN);
  }

  boolean covers(String name, Instant arrival) {
    return covers(name) && !arrival.isBefore(since) && arrival.isBefore(until);
  }

  boolean covers(String name) {
    return source.filter(only -> !only.equals(name)).isEmpty();
  }

  /** Whether a delivery without an account may be outside the scope. */
  boolean isNarrow() {
    return !since.equals(Instant.MIN) || !until.equals(Instant.MAX);
  }
}
