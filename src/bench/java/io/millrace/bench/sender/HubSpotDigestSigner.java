package io.millrace.bench.sender;

import java.time.Instant;

/**
 * HubSpot's first two versions: a digest of text that begins with the secret, and a version header.
 */
record HubSpotDigestSigner(String secret, String version, Message message) implements Signer {
  private static final String HEADER = "X-HubSpot-Signature";

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String signature = Seal.sha256(secret).hex(message.of(unsigned, ""));
    return unsigned.with(HEADER, signature).with("X-HubSpot-Signature-Version", version);
  }

  @Override
  public Proof proof() {
    return Proof.header(HEADER, Proof.Shows.BODY);
  }

  @Override
  public String toString() {
    return "HubSpotDigestSigner[" + version + "]";
  }
}
