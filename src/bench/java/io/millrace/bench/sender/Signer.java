package io.millrace.bench.sender;

import java.time.Instant;

/** Signs requests the way one sender does. */
public interface Signer {

  /**
   * The request as its sender sends it: some add headers, some write into the body or the URL.
   *
   * @param unsigned the request to sign; an existing proof is replaced
   * @param at the time of signing
   * @throws IllegalArgumentException if the sender cannot sign such a request
   */
  Outgoing sign(Outgoing unsigned, Instant at);

  /** Where the proof is and what it shows. */
  Proof proof();
}
