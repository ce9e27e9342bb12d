package io.millrace.verify;

import io.millrace.model.Reason;

/**
 * Ends the verification of a request wherever a fault is found; {@link Verifier} turns it into a
 * verdict.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  Refusal(Reason reason, String explanation) {
    // No stack trace: anyone can send malformed requests, so they must be cheap to refuse.
    super(explanation, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  String explanation() {
    return String.valueOf(getMessage());
  }
}
