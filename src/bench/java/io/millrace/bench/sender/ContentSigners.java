package io.millrace.bench.sender;

import static io.millrace.bench.sender.Seal.hmac;
import static io.millrace.bench.sender.Seal.hmacSha1;
import static io.millrace.bench.sender.Sender.row;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.sender.Proof.Shows;
import java.time.Instant;
import java.util.Map;

/** Senders whose proof depends on the content of the body, not only on its bytes. */
final class ContentSigners {
  /** Gong's tokens contain the URL and the hash of the body. */
  private static final JwtSigner.Claims GONG =
      (token, request, at) -> {
        token.put("webhook_url", request.url()).put("body_sha256", hash(request));
        lifetime(token, at);
      };

  /** Vonage's tokens contain the time of issue, but no expiry. */
  private static final JwtSigner.Claims VONAGE =
      (token, request, at) ->
          token
              .put("iss", "Vonage")
              .put("api_key", "simulated")
              .put("payload_hash", hash(request))
              .put("iat", at.getEpochSecond());

  /** monday.com's tokens contain the user and the URL, but nothing about the body. */
  private static final JwtSigner.Claims MONDAY =
      (token, request, at) -> {
        token.put("accountId", 1).put("userId", 2).put("aud", request.url());
        lifetime(token, at);
      };

  private static final int LIFETIME = 300;

  private ContentSigners() {}

  static Map<String, Sender> table() {
    return Map.ofEntries(
        row("adyen", s -> new AdyenSigner(Seal.hmacOfHex(s))),
        row("aws-sns", KeyKind.LABELLED_CERTIFICATE, s -> SnsSigner.of(s, KeyPairs.RSA, "2")),
        row(
            "aws-sns-v1",
            KeyKind.LABELLED_CERTIFICATE,
            s -> SnsSigner.of(s, KeyPairs.RSA_SHA1, "1")),
        row("contentful", s -> new ContentfulSigner(hmac(s))),
        row("paypal", KeyKind.LABELLED_CERTIFICATE, PayPalSigner::of),
        row("gong", KeyKind.RSA_PEM, s -> new JwtSigner(rsa(s), "RS256", "", GONG, Shows.BODY)),
        row("linear", s -> new LinearSigner(hmac(s))),
        row("mailgun", s -> new MailgunSigner(hmac(s))),
        row("mandrill", s -> new FormSigner(hmacSha1(s), "X-Mandrill-Signature")),
        row("monday", s -> new JwtSigner(hmac(s), "HS256", "", MONDAY, Shows.PART)),
        row("twilio", s -> new TwilioSigner(hmacSha1(s))),
        row("vonage", s -> new JwtSigner(hmac(s), "HS256", "Bearer ", VONAGE, Shows.BODY)));
  }

  private static Seal rsa(String privateKey) {
    return Seal.keyPair(KeyPairs.RSA, privateKey);
  }

  private static String hash(Outgoing request) {
    return Seal.sha256("").hex(request.body());
  }

  /** Time of issue and expiry; a receiver allows a minute more. */
  private static void lifetime(ObjectNode token, Instant at) {
    token.put("iat", at.getEpochSecond()).put("exp", at.getEpochSecond() + LIFETIME);
  }
}
