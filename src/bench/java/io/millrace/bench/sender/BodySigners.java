package io.millrace.bench.sender;

import static io.millrace.bench.sender.PlainSigner.ofBody;
import static io.millrace.bench.sender.Seal.hmac;
import static io.millrace.bench.sender.Seal.hmacOfBase64;
import static io.millrace.bench.sender.Seal.hmacOfHex;
import static io.millrace.bench.sender.Seal.hmacSha1;
import static io.millrace.bench.sender.Seal.utf8;
import static io.millrace.bench.sender.Sender.row;
import static io.millrace.bench.sender.SignatureText.BASE64;
import static io.millrace.bench.sender.SignatureText.HEX;

import java.util.Map;

/** Senders that sign the body, or more, but no time. */
final class BodySigners {
  /** HubSpot version 2. */
  private static final Message METHOD_URL_BODY =
      (request, time) -> new byte[][] {utf8(request.method() + request.url()), request.body()};

  private static final Message BODY_URL =
      (request, time) -> new byte[][] {request.body(), utf8(request.url())};

  private static final Message URL_BODY =
      (request, time) -> new byte[][] {utf8(request.url()), request.body()};

  /** LinkedIn signs a prefix that its header does not contain. */
  private static final Message NAMED_BODY =
      (request, time) -> new byte[][] {utf8("hmacsha256="), request.body()};

  /** Segment's action destinations sign one event of a batch. */
  private static final Message FIRST_EVENT =
      (request, time) -> new byte[][] {FirstElement.of(request.body())};

  private BodySigners() {}

  static Map<String, Sender> table() {
    return Map.ofEntries(
        row("adyen-platform", s -> ofBody(hmacOfHex(s), "HmacSignature", "", BASE64)),
        row("airtable", s -> ofBody(ofBase64(s), "X-Airtable-Content-MAC", "hmac-sha256=", HEX)),
        row("clickup", s -> ofBody(hmac(s), "X-Signature", "", HEX)),
        row("gocardless", s -> ofBody(hmac(s), "Webhook-Signature", "", HEX)),
        row("helpscout", s -> ofBody(hmacSha1(s), "X-HelpScout-Signature", "", BASE64)),
        row("lemonsqueezy", s -> ofBody(hmac(s), "X-Signature", "", HEX)),
        row("pandadoc", s -> new QuerySigner(hmac(s), "signature")),
        row("quickbooks", s -> ofBody(hmac(s), "intuit-signature", "", BASE64)),
        row("razorpay", s -> ofBody(hmac(s), "X-Razorpay-Signature", "", HEX)),
        row("woocommerce", s -> ofBody(hmac(s), "X-WC-Webhook-Signature", "", BASE64)),
        row("xero", s -> ofBody(hmac(s), "x-xero-signature", "", BASE64)),
        row("asana", s -> ofBody(hmac(s), "X-Hook-Signature", "", HEX)),
        row("attentive", s -> ofBody(hmac(s), "x-attentive-hmac-sha256", "", HEX)),
        row("attio", s -> ofBody(hmac(s), "Attio-Signature", "", HEX)),
        row("calcom", s -> ofBody(hmac(s), "X-Cal-Signature-256", "", HEX)),
        row("clearbit", s -> ofBody(hmacSha1(s), "X-Request-Signature", "sha1=", HEX)),
        row("customerio-cdp", s -> ofBody(hmacSha1(s), "X-Signature", "", HEX)),
        row("docusign", s -> ofBody(hmac(s), "X-DocuSign-Signature-1", "", BASE64)),
        row("envelope", s -> ofBody(hmac(s), "X-Webhook-Signature", "sha256=", HEX)),
        row("fireflies", s -> ofBody(hmac(s), "X-Hub-Signature", "sha256=", HEX)),
        row("front-rules", s -> ofBody(hmacSha1(s), "X-Front-Signature", "", BASE64)),
        row("generic-hmac", s -> ofBody(hmac(s), "X-Webhook-Signature", "sha256=", HEX)),
        row("github", s -> ofBody(hmac(s), "X-Hub-Signature-256", "sha256=", HEX)),
        row(
            "highlevel",
            KeyKind.ED25519_PEM,
            s -> ofBody(ed25519(s), "X-GHL-Signature", "", BASE64)),
        row("hubspot-v1", s -> new HubSpotDigestSigner(s, "v1", Message.BODY)),
        row("hubspot-v2", s -> new HubSpotDigestSigner(s, "v2", METHOD_URL_BODY)),
        row("intercom", s -> ofBody(hmacSha1(s), "X-Hub-Signature", "sha1=", HEX)),
        row("jira", s -> ofBody(hmac(s), "X-Hub-Signature", "sha256=", HEX)),
        row("linkedin", BodySigners::linkedIn),
        row("linkedin-social", BodySigners::linkedIn),
        row("meta", s -> ofBody(hmac(s), "X-Hub-Signature-256", "sha256=", HEX)),
        row("meta-whatsapp", s -> ofBody(hmac(s), "X-Hub-Signature-256", "sha256=", HEX)),
        row("notion", s -> ofBody(hmac(s), "X-Notion-Signature", "sha256=", HEX)),
        row("outreach", s -> ofBody(hmac(s), "Outreach-Webhook-Signature", "", HEX)),
        row("pagerduty", s -> ofBody(hmac(s), "X-PagerDuty-Signature", "v1=", HEX)),
        row("recharge", s -> ofBody(Seal.sha256(s), "X-Recharge-Hmac-Sha256", "", HEX)),
        row("respondio", s -> ofBody(hmac(s), "X-Webhook-Signature", "", BASE64)),
        row("salesloft", s -> ofBody(hmacSha1(s), "x-salesloft-signature", "", HEX)),
        row("salesforce-cdc", s -> ofBody(hmac(s), "X-Webhook-Signature", "sha256=", HEX)),
        row("segment", s -> ofBody(hmacSha1(s), "X-Signature", "", HEX)),
        row("segment-batch", s -> PlainSigner.ofPart(hmacSha1(s), FIRST_EVENT, "X-Signature", HEX)),
        row("shopify", s -> ofBody(hmac(s), "X-Shopify-Hmac-SHA256", "", BASE64)),
        row(
            "square",
            s -> PlainSigner.of(hmac(s), URL_BODY, "x-square-hmacsha256-signature", BASE64)),
        row("tally", s -> ofBody(hmac(s), "Tally-Signature", "", BASE64)),
        row("trello", s -> PlainSigner.of(hmacSha1(s), BODY_URL, "X-Trello-Webhook", BASE64)),
        row("typeform", s -> ofBody(hmac(s), "Typeform-Signature", "sha256=", BASE64)));
  }

  private static PlainSigner linkedIn(String secret) {
    return PlainSigner.of(hmac(secret), NAMED_BODY, "X-LI-Signature", HEX);
  }

  private static Seal ofBase64(String secret) {
    return hmacOfBase64("", secret);
  }

  private static Seal ed25519(String privateKey) {
    return Seal.keyPair(KeyPairs.ED25519, privateKey);
  }
}
