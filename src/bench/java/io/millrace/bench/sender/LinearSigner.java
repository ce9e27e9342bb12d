package io.millrace.bench.sender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Linear: the body contains the time of sending, and is signed as a whole. */
record LinearSigner(Seal seal) implements Signer {
  private static final String HEADER = "Linear-Signature";
  private static final String TIME = "webhookTimestamp";
  private static final int WINDOW = 60;

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    ObjectNode body = JsonText.object(unsigned.body());
    body.put(TIME, at.toEpochMilli());
    byte[] bytes = JsonText.bytes(body);
    return unsigned.withBody(bytes).with(HEADER, seal.hex(bytes));
  }

  @Override
  public Proof proof() {
    return Proof.header(HEADER, Proof.Shows.BODY)
        .timed(Proof.Place.JSON, TIME, Optional.of(WINDOW));
  }
}
