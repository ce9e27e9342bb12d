package io.millrace.bench.sender;

import java.time.Instant;
import java.util.Optional;

/**
 * Time and signature in one header, {@code t=1700000000,v1=3c1a}.
 *
 * @param beforeTime the text before the time
 * @param beforeSignature the text between time and signature
 * @param joint the signed text between time and body
 * @param window as in {@link Proof.Time}
 */
record PairsSigner(
    Seal seal,
    String header,
    String beforeTime,
    TimeText timeText,
    String beforeSignature,
    String joint,
    int window)
    implements Signer {

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String time = timeText.of(at);
    String signature = seal.hex(Seal.utf8(time + joint), unsigned.body());
    return unsigned.with(header, beforeTime + time + beforeSignature + signature);
  }

  @Override
  public Proof proof() {
    return Proof.header(header, Proof.Shows.BODY)
        .timed(Proof.Place.HEADER, header, Optional.of(window));
  }
}
