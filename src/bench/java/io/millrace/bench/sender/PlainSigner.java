package io.millrace.bench.sender;

import java.time.Instant;

/** A signature alone in a header, without a time. */
record PlainSigner(
    Seal seal, Message message, String header, String prefix, SignatureText text, Proof.Shows shows)
    implements Signer {

  /** Signs the whole body and nothing else. */
  static PlainSigner ofBody(Seal seal, String header, String prefix, SignatureText text) {
    return new PlainSigner(seal, Message.BODY, header, prefix, text, Proof.Shows.BODY);
  }

  /** Signs the whole body and more. */
  static PlainSigner of(Seal seal, Message message, String header, SignatureText text) {
    return new PlainSigner(seal, message, header, "", text, Proof.Shows.BODY);
  }

  /** Signs a part of the body. */
  static PlainSigner ofPart(Seal seal, Message message, String header, SignatureText text) {
    return new PlainSigner(seal, message, header, "", text, Proof.Shows.PART);
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
