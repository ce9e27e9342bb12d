package io.millrace.bench.sender;

import java.time.Instant;

/** Signs the URL and the fields of a form: Mandrill, and Twilio for forms. */
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
