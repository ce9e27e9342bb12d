package io.millrace.bench.sender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON web token in the header Authorization.
 *
 * @param prefix the text before the token
 */
record JwtSigner(Seal seal, String algorithm, String prefix, Claims claims, Proof.Shows shows)
    implements Signer {
  private static final String HEADER = "Authorization";

  private static final int WINDOW = 300;

  /** Creates the claims of a token. */
  @FunctionalInterface
  interface Claims {
    void add(ObjectNode token, Outgoing request, Instant at);
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    ObjectNode token = JsonText.object();
    claims.add(token, unsigned, at);
    ObjectNode header = JsonText.object().put("alg", algorithm).put("typ", "JWT");
    String content = text(JsonText.bytes(header)) + "." + text(JsonText.bytes(token));
    return unsigned.with(HEADER, prefix + content + "." + text(seal.over(Seal.utf8(content))));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public Proof proof() {
    return Proof.header(HEADER, shows).timed(Proof.Place.HEADER, HEADER, Optional.of(WINDOW));
  }
}
