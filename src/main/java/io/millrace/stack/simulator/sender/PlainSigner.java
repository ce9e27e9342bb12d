package io.millrace.stack.simulator.sender;

import java.time.Instant;

/** A signature alone in a header, without a time. */
record PlainSigner(
    Seal seal, Message message, String header, String prefix, SignatureText text, Proof.Shows shows)
    implements Signer {

  /** The signature of the whole body. */
  static PlainSigner ofBody(Seal seal, String header, String prefix, SignatureText text) {
    return new PlainSigner(seal, Message.BODY, header, prefix, text, Proof.Shows.BODY);
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    return unsigned.with(header, prefix + text.of(seal.over(message.of(unsigned, ""))));
  }

  @Override
  public Proof proof() {
    return Proof.header(header, shows);
  }
}
