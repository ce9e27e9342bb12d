package io.millrace.bench.sender;

import io.millrace.bench.sender.TimedSigner.TimeHeader;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/** PayPal: signs the id of the request, its time, the id of the webhook and a checksum. */
record PayPalSigner(Seal seal, String webhook) implements Signer {
  private static final String SIGNATURE = "PAYPAL-TRANSMISSION-SIG";
  private static final String ID = "PAYPAL-TRANSMISSION-ID";
  private static final TimeHeader TIME =
      new TimeHeader("PAYPAL-TRANSMISSION-TIME", TimeText.ISO, Optional.empty());

  static PayPalSigner of(String secret) {
    LabelledKey key = LabelledKey.read(secret);
    return new PayPalSigner(Seal.keyPair(KeyPairs.RSA, key.privateKey()), key.label());
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String id =
        unsigned.header(ID).orElseGet(() -> UUID.nameUUIDFromBytes(unsigned.body()).toString());
    String time = TIME.text().of(at);
    CRC32 checksum = new CRC32();
    checksum.update(unsigned.body());
    String text = String.join("|", id, time, webhook, Long.toString(checksum.getValue()));
    return unsigned
        .with(ID, id)
        .with(TIME.name(), time)
        .with(SIGNATURE, seal.base64(Seal.utf8(text)));
  }

  @Override
  public Proof proof() {
    return Proof.header(SIGNATURE, Proof.Shows.BODY)
        .timed(Proof.Place.HEADER, TIME.name(), TIME.window());
  }
}
