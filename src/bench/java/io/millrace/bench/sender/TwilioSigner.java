package io.millrace.bench.sender;

import java.time.Instant;

/** Twilio: signs the fields of a form, and any other body by its hash in the URL. */
record TwilioSigner(Seal seal) implements Signer {
  private static final String HEADER = "X-Twilio-Signature";

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    if (unsigned.isForm()) {
      return new FormSigner(seal, HEADER).sign(unsigned, at);
    }
    Outgoing addressed =
        unsigned.body().length == 0
            ? unsigned
            : unsigned.withParameter("bodySHA256", Seal.sha256("").hex(unsigned.body()));
    return addressed.with(HEADER, seal.base64(Seal.utf8(addressed.url())));
  }

  @Override
  public Proof proof() {
    return Proof.header(HEADER, Proof.Shows.BODY);
  }
}
