package io.millrace.bench.sender;

import static io.millrace.bench.sender.KeyKind.ED25519_BASE64;
import static io.millrace.bench.sender.KeyKind.ED25519_HEX;
import static io.millrace.bench.sender.KeyKind.ED25519_WHPK;
import static io.millrace.bench.sender.KeyKind.P256_SPKI;
import static io.millrace.bench.sender.KeyKind.WHSEC;
import static io.millrace.bench.sender.Message.bodyThenTime;
import static io.millrace.bench.sender.Message.timeThenBody;
import static io.millrace.bench.sender.Seal.hmac;
import static io.millrace.bench.sender.Seal.hmacOfBase64;
import static io.millrace.bench.sender.Seal.hmacOfHex;
import static io.millrace.bench.sender.Seal.keyPair;
import static io.millrace.bench.sender.Sender.row;
import static io.millrace.bench.sender.SignatureText.BASE64;
import static io.millrace.bench.sender.SignatureText.BASE64URL;
import static io.millrace.bench.sender.SignatureText.HEX;
import static io.millrace.bench.sender.TimeText.HTTP_DATE;
import static io.millrace.bench.sender.TimeText.ISO;
import static io.millrace.bench.sender.TimeText.MILLISECONDS;
import static io.millrace.bench.sender.TimeText.SECONDS;

import io.millrace.bench.sender.TimedSigner.TimeHeader;
import java.util.Map;
import java.util.Optional;

/** Senders that sign the time with the body. If a vendor specifies no window, it is 300 s. */
final class TimedSigners {
  private static final Message V0 = timeThenBody("v0:", ":");
  private static final String SENDGRID = "X-Twilio-Email-Event-Webhook-";

  private TimedSigners() {}

  static Map<String, Sender> table() {
    return Map.ofEntries(
        row(
            "box",
            s ->
                timed(
                    hmac(s),
                    bodyThenTime(),
                    BASE64,
                    "Box-Signature-Primary",
                    at("Box-Delivery-Timestamp", ISO, 600))),
        row(
            "close",
            s ->
                timed(
                    hmacOfHex(s),
                    timeThenBody("", ""),
                    HEX,
                    "close-sig-hash",
                    at("close-sig-timestamp", SECONDS, 300))),
        row(
            "customerio",
            s -> timed(hmac(s), V0, HEX, "X-CIO-Signature", at("X-CIO-Timestamp", SECONDS, 300))),
        row(
            "discord",
            ED25519_HEX,
            s ->
                timed(
                    ed25519(s),
                    timeThenBody("", ""),
                    HEX,
                    "X-Signature-Ed25519",
                    at("X-Signature-Timestamp", SECONDS, 300))),
        row(
            "front",
            s ->
                timed(
                    hmac(s),
                    timeThenBody("", ":"),
                    BASE64,
                    "X-Front-Signature",
                    at("X-Front-Request-Timestamp", MILLISECONDS, 300))),
        row(
            "hubspot",
            s ->
                timed(
                    hmac(s),
                    HubSpotUrl.MESSAGE,
                    BASE64,
                    "X-HubSpot-Signature-v3",
                    at("X-HubSpot-Request-Timestamp", MILLISECONDS, 300))),
        row(
            "klaviyo",
            s ->
                timed(
                    hmac(s),
                    bodyThenTime(),
                    HEX,
                    "Klaviyo-Signature",
                    at("Klaviyo-Timestamp", HTTP_DATE, 300))),
        row(
            "sendgrid",
            P256_SPKI,
            s ->
                timed(
                    keyPair(KeyPairs.P256, s),
                    timeThenBody("", ""),
                    BASE64,
                    SENDGRID + "Signature",
                    new TimeHeader(SENDGRID + "Timestamp", SECONDS, Optional.empty()))),
        row(
            "slack",
            s ->
                new TimedSigner(
                    hmac(s),
                    V0,
                    "X-Slack-Signature",
                    "v0=",
                    HEX,
                    at("X-Slack-Request-Timestamp", SECONDS, 300))),
        row(
            "telnyx",
            ED25519_BASE64,
            s ->
                timed(
                    ed25519(s),
                    timeThenBody("", "|"),
                    BASE64,
                    "telnyx-signature-ed25519",
                    at("telnyx-timestamp", SECONDS, 300))),
        row(
            "webflow",
            s ->
                timed(
                    hmac(s),
                    timeThenBody("", ":"),
                    HEX,
                    "x-webflow-signature",
                    at("x-webflow-timestamp", MILLISECONDS, 300))),
        row(
            "zendesk",
            s ->
                timed(
                    hmac(s),
                    timeThenBody("", ""),
                    BASE64,
                    "X-Zendesk-Webhook-Signature",
                    at("X-Zendesk-Webhook-Signature-Timestamp", ISO, 300))),
        row(
            "zoom",
            s ->
                new TimedSigner(
                    hmac(s),
                    V0,
                    "x-zm-signature",
                    "v0=",
                    HEX,
                    at("x-zm-request-timestamp", SECONDS, 300))),
        row(
            "calendly",
            s ->
                new PairsSigner(
                    hmac(s), "Calendly-Webhook-Signature", "t=", SECONDS, ",v1=", ".", 180)),
        row("mux", s -> new PairsSigner(hmac(s), "Mux-Signature", "t=", SECONDS, ",v1=", ".", 300)),
        row(
            "paddle",
            s -> new PairsSigner(hmac(s), "Paddle-Signature", "ts=", SECONDS, ";h1=", ":", 300)),
        row(
            "recurly",
            s -> new PairsSigner(hmac(s), "recurly-signature", "", MILLISECONDS, ",", ".", 300)),
        row(
            "stripe",
            s -> new PairsSigner(hmac(s), "Stripe-Signature", "t=", SECONDS, ",v1=", ".", 300)),
        row(
            "workos",
            s ->
                new PairsSigner(
                    hmac(s), "WorkOS-Signature", "t=", MILLISECONDS, ", v1=", ".", 180)),
        row(
            "recharge-signed",
            s ->
                new PairsSigner(
                    hmac(s), "X-Recharge-Webhook-Signature", "t=", SECONDS, ",v1=", ".", 172_800)),
        row(
            "sanity",
            s ->
                new PairsSigner(
                    hmac(s),
                    "sanity-webhook-signature",
                    "t=",
                    MILLISECONDS,
                    ",v1=",
                    ".",
                    BASE64URL,
                    Optional.empty())),
        row(
            "tiktok",
            s -> new PairsSigner(hmac(s), "TikTok-Signature", "t=", SECONDS, ",s=", ".", 300)),
        row("bigcommerce", s -> new StandardSigner(hmac(s), "webhook", "v1")),
        row("gitlab", WHSEC, s -> new StandardSigner(hmacOfBase64("whsec_", s), "webhook", "v1")),
        row("polar", s -> new StandardSigner(hmac(s), "webhook", "v1")),
        row("standard-webhooks", WHSEC, TimedSigners::standard),
        row(
            "standard-webhooks-v1a",
            ED25519_WHPK,
            s -> new StandardSigner(ed25519(s), "webhook", "v1a")),
        row("clerk", WHSEC, TimedSigners::svix),
        row("fathom", WHSEC, TimedSigners::standard),
        row("openai", WHSEC, TimedSigners::standard),
        row("replicate", WHSEC, TimedSigners::standard),
        row("loops", WHSEC, TimedSigners::standard),
        row("resend", WHSEC, TimedSigners::svix),
        row("svix", WHSEC, TimedSigners::svix));
  }

  private static TimedSigner timed(
      Seal seal, Message message, SignatureText text, String header, TimeHeader time) {
    return new TimedSigner(seal, message, header, "", text, time);
  }

  private static TimeHeader at(String header, TimeText text, int window) {
    return new TimeHeader(header, text, window);
  }

  private static StandardSigner standard(String secret) {
    return new StandardSigner(hmacOfBase64("whsec_", secret), "webhook", "v1");
  }

  private static StandardSigner svix(String secret) {
    return new StandardSigner(hmacOfBase64("whsec_", secret), "svix", "v1");
  }

  private static Seal ed25519(String privateKey) {
    return keyPair(KeyPairs.ED25519, privateKey);
  }
}
