package io.millrace.stack.simulator.sender;

import java.time.Instant;
import java.util.Optional;

/** Time and signature as pairs in one header: {@code t=1700000000,v1=3c1a}. */
record PairsSigner(
    Seal seal,
    String header,
    String timeKey,
    TimeText timeText,
    String separator,
    String signatureKey,
    String joint,
    int window)
    implements Signer {

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String time = timeText.of(at);
    String signature = seal.hex(Seal.utf8(time + joint), unsigned.body());
    return unsigned.with(header, timeKey + "=" + time + separator + signatureKey + "=" + signature);
  }

  @Override
  public Proof proof() {
    return Proof.header(header, Proof.Shows.BODY)
        .timed(Proof.Place.HEADER, timeKey, Optional.of(window));
  }
}
