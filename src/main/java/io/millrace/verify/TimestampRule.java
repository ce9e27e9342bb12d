package io.millrace.verify;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the signed time sits and how old it may be.
 *
 * @param location where it sits; empty if it sits beside the signature, under {@code signatureKey}
 * @param signatureKey its key or position in the signature header
 * @param tolerance how far it may lie from now, in either direction, inclusive
 * @param enforced whether the tolerance counts; if not, the time still has to be there and readable
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
          "a timestamp sits in exactly one place: header, sig, json, form or query");
    }
    if (enforced && (tolerance.isZero() || tolerance.isNegative())) {
      throw new IllegalArgumentException("the tolerance of an enforced timestamp must be positive");
    }
  }

  TimestampRule withUnit(TimestampUnit other) {
    return new TimestampRule(location, signatureKey, other, tolerance, enforced);
  }
}
