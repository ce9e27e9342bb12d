package io.millrace.stack.simulator.sender;

import static io.millrace.stack.simulator.sender.Seal.hmac;
import static io.millrace.stack.simulator.sender.Seal.keyPair;
import static io.millrace.stack.simulator.sender.SignatureText.BASE64;
import static io.millrace.stack.simulator.sender.TimeText.MILLISECONDS;
import static io.millrace.stack.simulator.sender.TimeText.SECONDS;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Senders that sign the time along with the body. */
final class TimedSigners {
  private TimedSigners() {}

  static Map<String, Function<String, Signer>> table() {
    return Map.ofEntries(
        Map.entry(
            "stripe",
            s -> new PairsSigner(hmac(s), "Stripe-Signature", "t", SECONDS, ",", "v1", ".", 300)),
        Map.entry(
            "hubspot",
            s ->
                new TimedSigner(
                    hmac(s),
                    HubSpotUrl.MESSAGE,
                    "X-HubSpot-Signature-v3",
                    "",
                    BASE64,
                    new TimedSigner.TimeHeader("X-HubSpot-Request-Timestamp", MILLISECONDS, 300))),
        Map.entry(
            "sendgrid",
            s ->
                new TimedSigner(
                    keyPair(KeyPairs.P256, s),
                    Message.timeThenBody("", ""),
                    "X-Twilio-Email-Event-Webhook-Signature",
                    "",
                    BASE64,
                    new TimedSigner.TimeHeader(
                        "X-Twilio-Email-Event-Webhook-Timestamp", SECONDS, Optional.empty()))));
  }
}
