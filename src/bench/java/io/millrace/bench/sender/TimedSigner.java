package io.millrace.bench.sender;

import java.time.Instant;
import java.util.Optional;

/** A signature in one header and the signed time in another. */
record TimedSigner(
    Seal seal, Message message, String header, String prefix, SignatureText text, TimeHeader time)
    implements Signer {

  /**
   * The header of the time.
   *
   * @param window as in {@link Proof.Time}
   */
  record TimeHeader(String name, TimeText text, Optional<Integer> window) {
    TimeHeader(String name, TimeText text, int window) {
      this(name, text, Optional.of(window));
    }
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String written = time.text().of(at);
    String signature = prefix + text.of(seal.over(message.of(unsigned, written)));
    return unsigned.with(header, signature).with(time.name(), written);
  }

  @Override
  public Proof proof() {
    return Proof.header(header, Proof.Shows.BODY)
        .timed(Proof.Place.HEADER, time.name(), time.window());
  }
}
