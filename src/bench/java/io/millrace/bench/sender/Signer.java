package io.millrace.bench.sender;

import java.time.Instant;

/** Proves requests the way one sender does. */
public interface Signer {

  /**
   * The request as it leaves its sender: some add headers, some write into the body or the URL.
   *
   * @param unsigned what is sent; a proof that was there before is replaced
   * @param at the time of signing
   * @throws IllegalArgumentException if the sender cannot sign such a request
   */
  Outgoing sign(Outgoing unsigned, Instant at);

  /** Where the proof sits and what it shows. */
  Proof proof();
}
