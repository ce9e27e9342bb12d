package io.millrace.provider;

import io.millrace.model.Reason;

/** The outcome of a handshake. */
public sealed interface HandshakeOutcome {

  /** The handshake is answered. */
  record Answered(HandshakeAnswer answer) implements HandshakeOutcome {}

  /**
   * The handshake is refused: it lacks something the provider would know, or asks for too much.
   *
   * @param explanation for the log; never contains a secret
   */
  record Refused(Reason reason, String explanation) implements HandshakeOutcome {}

  /** The handshake contained the secret for later deliveries; it is answered once that is saved. */
  record Captured(String secret, HandshakeAnswer answer) implements HandshakeOutcome {
    @Override
    public String toString() {
      return "Captured[***]";
    }
  }
}
