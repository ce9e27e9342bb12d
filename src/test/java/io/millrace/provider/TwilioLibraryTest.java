package io.millrace.provider;

import static io.millrace.normalize.testing.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signers;
import io.millrace.normalize.testing.LibraryComparison;
import io.millrace.normalize.testing.SentRequests;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Twilio's own library and we judge the same forms, JSON bodies and addresses the same way. */
class TwilioLibraryTest {
  private static final String TOKEN = "12345678901234567890123456789012";
  private static final List<String> ADDRESSES =
      List.of(
          "https://hooks.example.com/in/calls",
          "https://hooks.example.com:443/in/calls",
          "https://hooks.example.com:8443/in/calls",
          "http://hooks.example.com/in/calls?a=1&b=2",
          "http://hooks.example.com:80/in/calls?a=1&b=2",
          "http://other.example.com/in/calls?a=1&b=2");

  private static final Verifier VERIFIER =
      new Verifier(Catalogue.bundled().find("twilio").orElseThrow().verification());

  private final RequestValidator library = new RequestValidator(TOKEN);

  @Test
  void agreesOverFormsAndPorts() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var accepted = 0;
    for (var round = 0; round < 300; round++) {
      var fields = fields(random);
      var sent = Signers.of("twilio", TOKEN).sign(form(address(random), fields), NOW);
      var arrived = sent.withUrl(address(random));
      if (random.nextInt(4) == 0) {
        fields.put("Body", LibraryComparison.text(random));
        arrived = arrived.withBody(form(sent.url(), fields).body());
      }
      var signature = LibraryComparison.header(arrived, "X-Twilio-Signature");

      var theirs = library.validate(arrived.url(), fields, signature);

      assertThat(accepts(arrived))
          .as("seed %d, round %d: %s signed as %s", seed, round, arrived, sent)
          .isEqualTo(theirs);
      accepted += theirs ? 1 : 0;
    }
    assertThat(accepted).isBetween(1, 299);
  }

  @Test
  void agreesOverBodiesThatAreNoForms() throws Exception {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (var round = 0; round < 100; round++) {
      var body = "{\"text\":\"" + LibraryComparison.text(random) + "\"}";
      var request = json(ADDRESSES.getFirst(), body);
      var sent = Signers.of("twilio", TOKEN).sign(request, NOW);
      var arrived = random.nextBoolean() ? sent : json(sent, body + " ");
      var signature = LibraryComparison.header(arrived, "X-Twilio-Signature");

      var theirs = library.validate(arrived.url(), LibraryComparison.body(arrived), signature);

      assertThat(accepts(arrived)).as("seed %d, round %d", seed, round).isEqualTo(theirs);
    }
  }

  private boolean accepts(Outgoing request) {
    var secret = new Secret("token", TOKEN, Optional.empty(), Optional.empty());
    return VERIFIER.verify(SentRequests.received(request), List.of(secret), NOW)
        instanceof Verdict.Verified;
  }

  private static String address(Random random) {
    return ADDRESSES.get(random.nextInt(ADDRESSES.size()));
  }

  private static Map<String, String> fields(Random random) {
    Map<String, String> fields = new TreeMap<>();
    for (var count = random.nextInt(6); count > 0; count--) {
      fields.put(LibraryComparison.text(random), LibraryComparison.text(random));
    }
    return fields;
  }

  private static Outgoing form(String url, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return Outgoing.post(
        url, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
  }

  private static Outgoing json(String url, String body) {
    return Outgoing.post(url, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static Outgoing json(Outgoing sent, String body) {
    return sent.withBody(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
