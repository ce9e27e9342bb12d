package io.millrace.bench.simulator.plan;

import io.millrace.model.Reason;
import java.util.Optional;

/** How a request is sent, and what the edge must answer. */
public enum RequestKind {
  /** Signed as its sender signs it. */
  GENUINE,
  /** The same delivery again, byte for byte, with the same signature if that is still fresh. */
  RETRIED,
  /** The same delivery again with a new signature, as from senders that stamp each attempt. */
  RETRIED_RESIGNED,
  /** Signed with an unknown secret. */
  WRONG_SECRET(Reason.BAD_SIGNATURE),
  /** One byte of the body changed after signing. */
  TAMPERED(Reason.BAD_SIGNATURE),
  /** Without the header that carries the signature. */
  UNSIGNED(Reason.MISSING_SIGNATURE),
  /** Signed correctly, long ago. */
  STALE(Reason.STALE),
  /** Signed correctly, for a time far in the future. */
  PREMATURE(Reason.STALE),
  /** To a source that is not connected. */
  UNKNOWN_SOURCE(Reason.UNKNOWN_SOURCE),
  /** Larger than the edge accepts. */
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

  /** The reason for which the edge must refuse it; empty if the edge must accept it. */
  public Optional<Reason> refusal() {
    return refusal;
  }
}
