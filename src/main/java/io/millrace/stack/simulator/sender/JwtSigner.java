package io.millrace.stack.simulator.sender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON web token in the header Authorization.
 *
 * @param prefix what stands before the token
 * @param lifetime seconds it is valid for
 */
record JwtSigner(
    Seal seal, String algorithm, String prefix, Claims claims, Proof.Shows shows, int lifetime)
    implements Signer {
  private static final String HEADER = "Authorization";

  /** What a token says, besides from when and until when it is valid. */
  @FunctionalInterface
  interface Claims {
    void add(ObjectNode token, Outgoing request);
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    ObjectNode token = JsonText.object();
    claims.add(token, unsigned);
    token.put("iat", at.getEpochSecond()).put("exp", at.getEpochSecond() + lifetime);
    ObjectNode header = JsonText.object().put("alg", algorithm).put("typ", "JWT");
    String content = text(JsonText.bytes(header)) + "." + text(JsonText.bytes(token));
    return unsigned.with(HEADER, prefix + content + "." + text(seal.over(Seal.utf8(content))));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public Proof proof() {
    return Proof.header(HEADER, shows).timed(Proof.Place.HEADER, HEADER, Optional.of(lifetime));
  }
}
