package io.millrace.bench.sender;

import java.time.Instant;
import java.util.Optional;

/**
 * Time and signature in one header, {@code t=1700000000,v1=3c1a}.
 *
 * @param beforeTime the text before the time
 * @param beforeSignature the text between time and signature
 * @param joint the signed text between time and body
 * @param text the encoding of the signature
 * @param window as in {@link Proof.Time}
 */
record PairsSigner(
    Seal seal,
    String header,
    String beforeTime,
    TimeText timeText,
    String beforeSignature,
    String joint,
    SignatureText text,
    Optional<Integer> window)
    implements Signer {

  /** Hexadecimal, and with a window. */
  PairsSigner(
      Seal seal,
      String header,
      String beforeTime,
      TimeText timeText,
      String beforeSignature,
      String joint,
      int window) {
    this(
        seal,
        header,
        beforeTime,
        timeText,
        beforeSignature,
        joint,
        SignatureText.HEX,
        Optional.of(window));
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String time = timeText.of(at);
    String signature = text.of(seal.over(Seal.utf8(time + joint), unsigned.body()));
    return unsigned.with(header, beforeTime + time + beforeSignature + signature);
  }

  @Override
  public Proof proof() {
    return Proof.header(header, Proof.Shows.BODY).timed(Proof.Place.HEADER, header, window);
  }
}
