package io.millrace.verify;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the signed time is and how old it may be.
 *
 * @param location where the time is; empty if it is next to the signature, under {@code
 *     signatureKey}
 * @param signatureKey its key or position in the signature header
 * @param tolerance how far from now it may be, in either direction, inclusive
 * @param enforced whether the tolerance is checked; if not, the time must still be present and
 *     readable
 */
public record TimestampRule(
    Optional<ValueLocation> location,
    Optional<String> signatureKey,
    TimestampUnit unit,
    Duration tolerance,
    boolean enforced) {

  public TimestampRule {
    if (location.isPresent() == signatureKey.isPresent()) {
      throw new IllegalArgumentException(
          "a timestamp needs exactly one location: header, sig, json, form or query");
    }
    if (enforced && (tolerance.isZero() || tolerance.isNegative())) {
      throw new IllegalArgumentException("the tolerance of an enforced timestamp must be positive");
    }
  }

  TimestampRule withUnit(TimestampUnit other) {
    return new TimestampRule(location, signatureKey, other, tolerance, enforced);
  }
}
