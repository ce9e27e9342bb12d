package io.millrace.source;

import io.millrace.verify.Secret;
import java.time.Duration;
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
    Optional<RateLimit> rateLimit) {
  public Source {
    secrets = List.copyOf(secrets);
    allow = List.copyOf(allow);
  }
}
