package io.millrace.provider;

import static io.millrace.normalize.testing.LibraryComparison.body;
import static io.millrace.normalize.testing.LibraryComparison.header;
import static io.millrace.normalize.testing.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.sendgrid.helpers.eventwebhook.EventWebhook;
import com.slack.api.app_backend.SlackSignature;
import com.stripe.net.Webhook;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.normalize.testing.LibraryComparison;
import io.millrace.normalize.testing.LibraryComparison.Known;
import io.millrace.normalize.testing.SentRequests;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** The vendors' own libraries and we judge the same requests the same way. */
class VendorLibrariesTest {
  private static final Clock FIXED = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String BODY = "{\"id\":\"evt_1\",\"name\":\"Zoë ☃\"}";

  @Test
  void agreesWithStripe() {
    var keys = SigningKeys.draw("stripe");

    comparison("stripe", keys, FIXED, Known.noFutureBound()).agrees();
  }

  @Test
  void verifiesWhatStripesLibrarySigns() throws Exception {
    var keys = SigningKeys.draw("stripe");
    var header =
        Webhook.Signature.generateSignatureHeader(BODY, keys.signing(), NOW.getEpochSecond());

    assertThat(
            comparison("stripe", keys, FIXED, Known.NONE)
                .ours(request(Map.of("Stripe-Signature", header)), NOW))
        .isEmpty();
  }

  @Test
  void agreesWithSvix() {
    var keys = SigningKeys.draw("svix");

    comparison("svix", keys, Clock.systemUTC(), Known.NONE).agrees();
  }

  @Test
  void verifiesWhatSvixSigns() throws Exception {
    var keys = SigningKeys.draw("svix");
    var signature = new com.svix.Webhook(keys.signing()).sign("msg_1", NOW.getEpochSecond(), BODY);
    var headers =
        Map.of(
            "svix-id",
            "msg_1",
            "svix-timestamp",
            Long.toString(NOW.getEpochSecond()),
            "svix-signature",
            signature);

    assertThat(comparison("svix", keys, FIXED, Known.NONE).ours(request(headers), NOW)).isEmpty();
  }

  @Test
  void agreesWithStandardWebhooks() {
    var keys = SigningKeys.draw("standard-webhooks");

    comparison("standard-webhooks", keys, Clock.systemUTC(), Known.NONE).agrees();
  }

  @Test
  void verifiesWhatStandardWebhooksSigns() throws Exception {
    var keys = SigningKeys.draw("standard-webhooks");
    var signature =
        new com.standardwebhooks.Webhook(keys.signing()).sign("msg_1", NOW.getEpochSecond(), BODY);
    var headers =
        Map.of(
            "webhook-id",
            "msg_1",
            "webhook-timestamp",
            Long.toString(NOW.getEpochSecond()),
            "webhook-signature",
            signature);

    assertThat(comparison("standard-webhooks", keys, FIXED, Known.NONE).ours(request(headers), NOW))
        .isEmpty();
  }

  @Test
  void agreesWithSlack() {
    var keys = SigningKeys.draw("slack");

    comparison("slack", keys, FIXED, Known.noFutureBound()).agrees();
  }

  @Test
  void verifiesWhatSlackSigns() {
    var keys = SigningKeys.draw("slack");
    var time = Long.toString(NOW.getEpochSecond());
    var headers =
        Map.of(
            "X-Slack-Signature",
            new SlackSignature.Generator(keys.signing()).generate(time, BODY),
            "X-Slack-Request-Timestamp",
            time);

    assertThat(comparison("slack", keys, FIXED, Known.NONE).ours(request(headers), NOW)).isEmpty();
  }

  @Test
  void agreesWithSendGrid() {
    var added = Security.addProvider(new BouncyCastleProvider());
    try {
      var keys = SigningKeys.draw("sendgrid");

      comparison("sendgrid", keys, FIXED, Known.lenientBase64()).agrees();
    } finally {
      if (added > 0) {
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
      }
    }
  }

  private static LibraryComparison comparison(
      String provider, SigningKeys keys, Clock clock, Known known) {
    return LibraryComparison.of(provider, keys, library(provider, keys.verifying()), clock, known);
  }

  private static LibraryComparison.Library library(String provider, String secret) {
    return switch (provider) {
      case "stripe" ->
          (request, now) ->
              Webhook.Signature.verifyHeader(
                  body(request),
                  header(request, "Stripe-Signature"),
                  secret,
                  Webhook.DEFAULT_TOLERANCE,
                  Clock.fixed(now, ZoneOffset.UTC));
      case "svix" ->
          (request, now) -> {
            new com.svix.Webhook(secret).verify(body(request), lists(request));
            return true;
          };
      case "standard-webhooks" ->
          (request, now) -> {
            new com.standardwebhooks.Webhook(secret).verify(body(request), lists(request));
            return true;
          };
      case "slack" -> (request, now) -> slack(secret, request, now);
      case "sendgrid" -> (request, now) -> sendGrid(secret, request);
      default -> throw new IllegalArgumentException(provider);
    };
  }

  private static boolean slack(String secret, Outgoing request, Instant now) {
    return new SlackSignature.Verifier(new SlackSignature.Generator(secret))
        .isValid(
            header(request, "X-Slack-Request-Timestamp"),
            body(request),
            header(request, "X-Slack-Signature"),
            now.toEpochMilli());
  }

  private static boolean sendGrid(String publicKey, Outgoing request) throws Exception {
    var library = new EventWebhook();
    return library.VerifySignature(
        library.ConvertPublicKeyToECDSA(publicKey),
        request.body(),
        header(request, "X-Twilio-Email-Event-Webhook-Signature"),
        header(request, "X-Twilio-Email-Event-Webhook-Timestamp"));
  }

  private static Map<String, List<String>> lists(Outgoing request) {
    Map<String, List<String>> lists = new HashMap<>();
    request.headers().forEach((name, value) -> lists.put(name, List.of(value)));
    return lists;
  }

  private static Outgoing request(Map<String, String> headers) {
    return new Outgoing("POST", SentRequests.URL, headers, BODY.getBytes(StandardCharsets.UTF_8));
  }
}
