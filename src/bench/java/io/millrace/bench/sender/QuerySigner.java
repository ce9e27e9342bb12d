package io.millrace.bench.sender;

import java.time.Instant;
import java.util.Optional;

/** A signature of the body in a parameter of the URL: PandaDoc. */
record QuerySigner(Seal seal, String parameter) implements Signer {
  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    return unsigned.withParameter(parameter, seal.hex(unsigned.body()));
  }

  @Override
  public Proof proof() {
    return new Proof(Proof.Place.QUERY, parameter, Proof.Shows.BODY, Optional.empty());
  }
}
