package io.millrace.bench.sender;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Standard Webhooks: three headers of one family; the id is signed too.
 *
 * @param family {@code webhook} or {@code svix}
 * @param version the mark before a signature, {@code v1} or {@code v1a}
 */
record StandardSigner(Seal seal, String family, String version) implements Signer {
  private static final int WINDOW = 300;

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String id = unsigned.header(family + "-id").orElseGet(() -> id(unsigned));
    String time = TimeText.SECONDS.of(at);
    String signature = seal.base64(Seal.utf8(id + "." + time + "."), unsigned.body());
    return unsigned
        .with(family + "-id", id)
        .with(family + "-timestamp", time)
        .with(family + "-signature", version + "," + signature);
  }

  /** The same for every attempt of a message. */
  private static String id(Outgoing unsigned) {
    return "msg_" + UUID.nameUUIDFromBytes(unsigned.body()).toString().replace("-", "");
  }

  @Override
  public Proof proof() {
    return Proof.header(family + "-signature", Proof.Shows.BODY)
        .timed(Proof.Place.HEADER, family + "-timestamp", Optional.of(WINDOW));
  }
}
