package io.millrace.verify;

import io.millrace.model.Reason;

/**
 * Ends the judging of a request from wherever a fault shows; {@link Verifier} turns it into a
 * verdict.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  Refusal(Reason reason, String explanation) {
    // No stack trace: anyone can send a malformed request, and none should cost much.
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
