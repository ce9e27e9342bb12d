package io.millrace.stack.simulator.sender;

import static io.millrace.stack.simulator.sender.Seal.hmac;
import static io.millrace.stack.simulator.sender.Seal.hmacSha1;
import static io.millrace.stack.simulator.sender.Sender.row;

import java.util.Map;

/** Senders whose proof is made of what the body says rather than of its bytes alone. */
final class ContentSigners {
  /** Gong's tokens name the address and the hash of the body. */
  private static final JwtSigner.Claims GONG =
      (token, request) ->
          token
              .put("iss", "gong")
              .put("webhook_url", request.url())
              .put("body_sha256", hash(request));

  private static final JwtSigner.Claims VONAGE =
      (token, request) ->
          token.put("iss", "Vonage").put("api_key", "simulated").put("payload_hash", hash(request));

  /** monday.com says who acted and at which address, nothing about the body. */
  private static final JwtSigner.Claims MONDAY =
      (token, request) -> token.put("accountId", 1).put("userId", 2).put("aud", request.url());

  private ContentSigners() {}

  static Map<String, Sender> table() {
    return Map.ofEntries(
        row("gong", KeyKind.RSA_PEM, s -> jwt(rsa(s), "RS256", "", GONG, Proof.Shows.BODY)),
        row("linear", s -> new LinearSigner(hmac(s))),
        row("mailgun", s -> new MailgunSigner(hmac(s))),
        row("mandrill", s -> new FormSigner(hmacSha1(s), "X-Mandrill-Signature")),
        row("monday", s -> jwt(hmac(s), "HS256", "", MONDAY, Proof.Shows.PART)),
        row("twilio", s -> new TwilioSigner(hmacSha1(s))),
        row("vonage", s -> jwt(hmac(s), "HS256", "Bearer ", VONAGE, Proof.Shows.BODY)));
  }

  private static JwtSigner jwt(
      Seal seal, String algorithm, String prefix, JwtSigner.Claims claims, Proof.Shows shows) {
    return new JwtSigner(seal, algorithm, prefix, claims, shows, 300);
  }

  private static Seal rsa(String privateKey) {
    return Seal.keyPair(KeyPairs.RSA, privateKey);
  }

  private static String hash(Outgoing request) {
    return Seal.sha256("").hex(request.body());
  }
}
