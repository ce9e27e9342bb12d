package io.millrace.bench.sender;

import java.time.Instant;

/** The address and the fields of a form are signed: Mandrill, and Twilio where it sends forms. */
record FormSigner(Seal seal, String header) implements Signer {
  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String fields = Form.sorted(unsigned.text());
    return unsigned.with(header, seal.base64(Seal.utf8(unsigned.url() + fields)));
  }

  @Override
  public Proof proof() {
    return Proof.header(header, Proof.Shows.BODY);
  }
}
