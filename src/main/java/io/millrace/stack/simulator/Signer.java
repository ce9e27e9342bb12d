package io.millrace.stack.simulator;

import java.time.Instant;
import java.util.Map;

/** Signs a request the way one provider does. */
public interface Signer {

  /**
   * The headers that prove a request.
   *
   * @param url the URL the receiver believes to be its own, query included
   * @param body the body, byte for byte
   * @param at the time of signing
   */
  Map<String, String> sign(String url, byte[] body, Instant at);

  /** The header that carries the signature itself. */
  String signatureHeader();
}
