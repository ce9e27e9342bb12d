package io.millrace.stack.simulator.sender;

import static io.millrace.stack.simulator.sender.PlainSigner.ofBody;
import static io.millrace.stack.simulator.sender.Seal.hmac;
import static io.millrace.stack.simulator.sender.Seal.hmacSha1;
import static io.millrace.stack.simulator.sender.SignatureText.BASE64;
import static io.millrace.stack.simulator.sender.SignatureText.HEX;

import java.util.Map;
import java.util.function.Function;

/** Senders that sign the body and no time. */
final class BodySigners {
  private BodySigners() {}

  static Map<String, Function<String, Signer>> table() {
    return Map.ofEntries(
        Map.entry("envelope", s -> ofBody(hmac(s), "X-Webhook-Signature", "sha256=", HEX)),
        Map.entry("segment", s -> ofBody(hmacSha1(s), "X-Signature", "", HEX)),
        Map.entry("typeform", s -> ofBody(hmac(s), "Typeform-Signature", "sha256=", BASE64)));
  }
}
