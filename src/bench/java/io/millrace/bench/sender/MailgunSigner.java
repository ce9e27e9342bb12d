package io.millrace.bench.sender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Mailgun: signs a time and a token inside the body, but not the event. */
record MailgunSigner(Seal seal) implements Signer {
  private static final int TOKEN_LETTERS = 50;

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    String time = TimeText.SECONDS.of(at);
    ObjectNode body = JsonText.object(unsigned.body());
    String token = token(unsigned, time);
    body.putObject("signature")
        .put("token", token)
        .put("timestamp", time)
        .put("signature", seal.hex(Seal.utf8(time + token)));
    return unsigned.withBody(JsonText.bytes(body));
  }

  /** Mailgun uses a random one per request; derived from content and time, it is repeatable. */
  private static String token(Outgoing unsigned, String time) {
    byte[] drawn = Seal.sha256(time).over(unsigned.body());
    return HexFormat.of().formatHex(drawn).substring(0, TOKEN_LETTERS);
  }

  @Override
  public Proof proof() {
    return new Proof(
        Proof.Place.JSON,
        "signature.signature",
        Proof.Shows.PART,
        Optional.of(new Proof.Time(Proof.Place.JSON, "signature.timestamp", Optional.empty())));
  }
}
