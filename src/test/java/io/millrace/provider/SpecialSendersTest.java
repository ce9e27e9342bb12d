package io.millrace.provider;

import static io.millrace.normalize.testing.SignedSamples.NOW;
import static io.millrace.normalize.testing.SignedSamples.base64;
import static io.millrace.normalize.testing.SignedSamples.hex;
import static io.millrace.normalize.testing.SignedSamples.hmac;
import static io.millrace.normalize.testing.SignedSamples.request;
import static io.millrace.normalize.testing.SignedSamples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is particular to one sender. */
class SpecialSendersTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final String URL = "https://hooks.example.com/in/some";

  /** From the tests of SendGrid's own libraries (MIT licence). The body ends in CR LF. */
  @Test
  void verifiesTheRequestSendGridPublished() {
    var key =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
    var body =
        "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced Address\",\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\",\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0\",\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\",\"timestamp\":1600112492}]\r\n";
    var headers =
        Map.of(
            "X-Twilio-Email-Event-Webhook-Signature",
            "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
            "X-Twilio-Email-Event-Webhook-Timestamp",
            "1600112502");

    assertThat(judge("sendgrid", request(URL, headers, utf8(body)), NOW, key)).isEmpty();
    assertThat(judge("sendgrid", request(URL, headers, utf8(body.strip())), NOW, key))
        .contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void verifiesTheFirstEventOfASegmentBatchAndSaysThatIsAll() throws Exception {
    var first = "{\"messageId\" : \"m1\"}";
    var headers = Map.of("X-Signature", hex(hmac("HmacSHA1", "key", first)));
    var batch = request(URL, headers, utf8("[ " + first + ", {\"messageId\":\"m2\"}]"));

    var verdict = verdict("segment-batch", batch, NOW, "key");

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> assertThat(verified.assurance()).isEqualTo(Assurance.PARTIAL));
    assertThat(
            judge(
                "segment-batch",
                request(URL, headers, utf8("[{\"messageId\":\"m1\"}]")),
                NOW,
                "key"))
        .contains(Reason.BAD_SIGNATURE);
    assertThat(judge("segment-batch", request(URL, headers, utf8("no JSON")), NOW, "key"))
        .contains(Reason.MALFORMED);
  }

  @Test
  void refusesATwilioBodyThatNothingSigns() throws Exception {
    var signature = base64(hmac("HmacSHA1", "key", URL));
    var headers = Map.of("X-Twilio-Signature", signature, "Content-Type", "application/json");

    assertThat(judge("twilio", request(URL, headers, utf8("{}")), NOW, "key"))
        .contains(Reason.BAD_SIGNATURE);
    assertThat(judge("twilio", request(URL, headers, new byte[0]), NOW, "key")).isEmpty();
  }

  @Test
  void verifiesATwilioFormSignedWithThePort() throws Exception {
    var url = "https://hooks.example.com:443/in/some";
    var headers =
        Map.of(
            "X-Twilio-Signature",
            base64(hmac("HmacSHA1", "key", url, "A1B2")),
            "Content-Type",
            "application/x-www-form-urlencoded");

    assertThat(judge("twilio", request(URL, headers, utf8("B=2&A=1")), NOW, "key")).isEmpty();
    assertThat(judge("twilio", request(URL, headers, utf8("B=2&A=2")), NOW, "key"))
        .contains(Reason.BAD_SIGNATURE);
    assertThat(judge("twilio", request(URL, headers, utf8("B=%zz")), NOW, "key"))
        .contains(Reason.MALFORMED);
  }

  @Test
  void acceptsAHubSpotUrlSignedUndecodedAsItsLibraryDoes() throws Exception {
    var url = URL + "?mail=a%40b";
    var millis = Long.toString(NOW.toEpochMilli());
    var headers =
        Map.of(
            "X-HubSpot-Request-Timestamp",
            millis,
            "X-HubSpot-Signature-v3",
            base64(hmac("HmacSHA256", "key", "POST", url, "{}", millis)));

    assertThat(judge("hubspot", request(url, headers, utf8("{}")), NOW, "key")).isEmpty();
    assertThat(judge("hubspot", request(URL, headers, utf8("{}")), NOW, "key"))
        .contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void verifiesMailgunByItsBodyFieldsOnlyInPart() throws Exception {
    var signature = hex(hmac("HmacSHA256", "key", "1700000000", "token"));
    var body =
        "{\"signature\":{\"timestamp\":\"1700000000\",\"token\":\"token\",\"signature\":\"%s\"}}"
            .formatted(signature);

    assertThat(verdict("mailgun", request(URL, Map.of(), utf8(body)), NOW, "key"))
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> {
              assertThat(verified.assurance()).isEqualTo(Assurance.PARTIAL);
              assertThat(verified.signed().orElseThrow().unlimitedTime())
                  .contains(Instant.ofEpochSecond(1_700_000_000L));
            });
    assertThat(judge("mailgun", request(URL, Map.of(), utf8("{}")), NOW, "key"))
        .contains(Reason.MISSING_SIGNATURE);
    assertThat(judge("mailgun", request(URL, Map.of(), utf8("{\"a\":1,\"a\":2}")), NOW, "key"))
        .contains(Reason.MALFORMED);
  }

  @Test
  void findsAGoodSignatureAmongBrokenOnes() throws Exception {
    var seconds = Long.toString(NOW.getEpochSecond());
    var good = hex(hmac("HmacSHA256", "key", seconds, ".", "{}"));
    var header = "t=" + seconds + ",v1=zz,v1=00,v1=" + good;

    assertThat(judgeStripe(header)).isEmpty();
    assertThat(judgeStripe(header + ",t=" + seconds)).contains(Reason.MALFORMED);
    assertThat(judgeStripe("v1=" + good)).contains(Reason.MISSING_TIMESTAMP);
    assertThat(judgeStripe("t=" + seconds + ",v0=" + good)).contains(Reason.MISSING_SIGNATURE);
    assertThat(judgeStripe("t=soon,v1=" + good)).contains(Reason.MALFORMED);
    assertThat(judgeStripe("t=" + seconds + ",v1=zz")).contains(Reason.MALFORMED);
    assertThat(judgeStripe("t=" + seconds + ",v1=00".repeat(101))).contains(Reason.MALFORMED);
  }

  @Test
  void readsStripeAndSvixSecretsDifferently() throws Exception {
    var secret = "whsec_" + base64(utf8("key"));
    var seconds = Long.toString(NOW.getEpochSecond());
    var stripe = hex(hmac("HmacSHA256", secret, seconds, ".", "{}"));
    var headers =
        Map.of(
            "svix-id",
            "m",
            "svix-timestamp",
            seconds,
            "svix-signature",
            "v1," + base64(hmac("HmacSHA256", "key", "m.", seconds, ".", "{}")),
            "Stripe-Signature",
            "t=" + seconds + ",v1=" + stripe);

    assertThat(judge("stripe", request(URL, headers, utf8("{}")), NOW, secret)).isEmpty();
    assertThat(judge("svix", request(URL, headers, utf8("{}")), NOW, secret)).isEmpty();
  }

  @Test
  void refusesAStandardWebhookWithoutTheIdThatIsSigned() throws Exception {
    var seconds = Long.toString(NOW.getEpochSecond());
    var signature = base64(hmac("HmacSHA256", "key", ".", seconds, ".", "{}"));
    var headers = Map.of("svix-timestamp", seconds, "svix-signature", "v1," + signature);

    assertThat(judge("svix", request(URL, headers, utf8("{}")), NOW, base64(utf8("key"))))
        .contains(Reason.MISSING_SIGNATURE);
  }

  @Test
  void findsOneOfManyNumberedSignatures() throws Exception {
    var headers =
        Map.of(
            "X-DocuSign-Signature-1",
            "AAAA",
            "X-DocuSign-Signature-7",
            base64(hmac("HmacSHA256", "key", "{}")));

    assertThat(judge("docusign", request(URL, headers, utf8("{}")), NOW, "key")).isEmpty();
  }

  @Test
  void readsTheKeyOfCloseFromHex() throws Exception {
    var seconds = Long.toString(NOW.getEpochSecond());
    var headers =
        Map.of(
            "close-sig-timestamp",
            seconds,
            "close-sig-hash",
            hex(hmac("HmacSHA256", "key", seconds, "{}")));
    var secret = HexFormat.of().formatHex(utf8("key"));

    assertThat(judge("close", request(URL, headers, utf8("{}")), NOW, secret)).isEmpty();
  }

  @Test
  void judgesCredentials() {
    var basic = request(URL, Map.of("Authorization", "Basic " + base64(utf8("u:p"))), utf8("{}"));
    var bearer = request(URL, Map.of("Authorization", "Bearer token"), utf8("{}"));

    assertThat(verdict("basic", basic, NOW, "u:p"))
        .isEqualTo(new Verdict.Verified(Assurance.SHARED_SECRET, Optional.of("secret 0")));
    assertThat(judge("basic", basic, NOW, "u:q")).contains(Reason.BAD_SIGNATURE);
    assertThat(judge("basic", bearer, NOW, "u:p")).contains(Reason.MALFORMED);
    assertThat(judge("bearer", bearer, NOW, "other", "token")).isEmpty();
    assertThat(judge("bearer", bearer, NOW, "toke")).contains(Reason.BAD_SIGNATURE);
    assertThat(judge("bearer", basic, NOW, "token")).contains(Reason.MALFORMED);
    assertThat(judge("bearer", request(URL, Map.of(), utf8("{}")), NOW, "token"))
        .contains(Reason.MISSING_SIGNATURE);
    assertThat(judge("path-token", request(URL + "/abc?x=/y", Map.of(), utf8("{}")), NOW, "abc"))
        .isEmpty();
    assertThat(judge("bearer", bearer, NOW)).contains(Reason.NO_SECRET);
  }

  private static Optional<Reason> judgeStripe(String header) {
    return judge(
        "stripe", request(URL, Map.of("Stripe-Signature", header), utf8("{}")), NOW, "key");
  }

  private static Optional<Reason> judge(
      String provider, SignedRequest request, Instant now, String... secrets) {
    return switch (verdict(provider, request, now, secrets)) {
      case Verdict.Verified verified -> Optional.empty();
      case Verdict.Refused refused -> Optional.of(refused.reason());
    };
  }

  private static Verdict verdict(
      String provider, SignedRequest request, Instant now, String... values) {
    List<Secret> secrets =
        Arrays.stream(values)
            .map(
                value ->
                    new Secret(
                        "secret " + Arrays.asList(values).indexOf(value),
                        value,
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    return new Verifier(CATALOGUE.find(provider).orElseThrow().verification())
        .verify(request, secrets, now);
  }
}
