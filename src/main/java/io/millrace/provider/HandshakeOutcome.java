package io.millrace.provider;

import io.millrace.model.Reason;

/** What comes of a request that is a handshake. */
public sealed interface HandshakeOutcome {

  /** It is answered. */
  record Answered(HandshakeAnswer answer) implements HandshakeOutcome {}

  /**
   * It is not answered: whoever asks does not know what the provider would know, or asks for too
   * much.
   *
   * @param explanation for whoever reads the log; holds no secret
   */
  record Refused(Reason reason, String explanation) implements HandshakeOutcome {}

  /**
   * It brought the secret that later deliveries are signed with; to be answered once that is kept.
   */
  record Captured(String secret, HandshakeAnswer answer) implements HandshakeOutcome {
    @Override
    public String toString() {
      return "Captured[***]";
    }
  }
}
