package io.millrace.bench.simulator;

import io.millrace.model.Reason;
import java.util.Optional;

/** How a request is sent, and what the edge must answer. */
public enum RequestKind {
  /** Signed as its sender signs. */
  GENUINE,
  /** The same delivery again, byte for byte with the same signature where that is still fresh. */
  RETRIED,
  /** The same delivery again, signed anew, as senders do that stamp each attempt. */
  RETRIED_RESIGNED,
  /** Signed with a secret nobody knows. */
  WRONG_SECRET(Reason.BAD_SIGNATURE),
  /** One byte of the body changed after signing. */
  TAMPERED(Reason.BAD_SIGNATURE),
  /** Without the header that carries the signature. */
  UNSIGNED(Reason.MISSING_SIGNATURE),
  /** Signed correctly, long ago. */
  STALE(Reason.STALE),
  /** Signed correctly, for a time far ahead. */
  PREMATURE(Reason.STALE),
  /** To a source that is not connected. */
  UNKNOWN_SOURCE(Reason.UNKNOWN_SOURCE),
  /** Larger than the edge takes. */
  OVERSIZED(Reason.BODY_TOO_LARGE),
  /** Signed correctly, but not JSON: accepted, and one dead letter. */
  UNREADABLE;

  private final Optional<Reason> refusal;

  RequestKind() {
    this.refusal = Optional.empty();
  }

  RequestKind(Reason refusal) {
    this.refusal = Optional.of(refusal);
  }

  /** Why the edge must refuse it; empty when the edge must accept it. */
  public Optional<Reason> refusal() {
    return refusal;
  }
}
