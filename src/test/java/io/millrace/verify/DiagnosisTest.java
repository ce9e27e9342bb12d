package io.millrace.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Assurance;
import io.millrace.verify.diagnosis.Diagnosis;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
  private static final String URL = "https://hooks.example.com/in/shop";
  private static final Secret SECRET = secret("key", Optional.empty());

  @Test
  void saysNothingOfARequestThatIsSimplyForged() throws Exception {
    var forged = request(URL, "{}", hex("another key", "{}"));

    assertThat(Diagnosis.of(scheme("{body}"), forged, List.of(SECRET), NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', '{}%n', line break",
    "'{}%n', '{}', line feed",
    "'{}%r%n', '{}', CR LF at the end",
    "'{%n}', '{%r%n}', LF line breaks",
    "'{%r%n}', '{%n}', CR LF line breaks",
    "'{}', '\uFEFF{}', byte order mark",
    "'{\"a b\":\"c \\\" d\"}', '{ \"a b\": \"c \\\" d\" }', formatted after",
  })
  void findsWhatBefellTheBody(String signed, String received, String hint) throws Exception {
    var request = request(URL, lines(received), hex("key", lines(signed)));

    assertThat(Diagnosis.of(scheme("{body}"), request, List.of(SECRET), NOW))
        .singleElement()
        .asString()
        .contains(hint);
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com/in/shop, http://hooks.example.com/in/shop",
    "https://hooks.example.com/in/shop/, https://hooks.example.com/in/shop",
    "https://hooks.example.com/in/shop?a=b, http://hooks.example.com:8080/in/shop/?a=b",
    "https://hooks.example.com/in/shop, https://hooks.example.com/in/shop?a=b",
  })
  void findsTheUrlThatWasSigned(String signed, String received) throws Exception {
    var request = request(received, "{}", hex("key", signed + "{}"));

    assertThat(Diagnosis.of(scheme("{url}{body}"), request, List.of(SECRET), NOW))
        .singleElement()
        .asString()
        .contains(signed.split("\\?", 2)[0], "publicUrl");
  }

  @Test
  void findsASecretThatIsNotActive() throws Exception {
    var ended = secret("key", Optional.of(NOW));

    assertThat(
            Diagnosis.of(
                scheme("{body}"), request(URL, "{}", hex("key", "{}")), List.of(ended), NOW))
        .singleElement()
        .asString()
        .contains("signed with env:KEY", "not active", NOW.toString());
  }

  @Test
  void findsWhiteSpaceAroundASecret() throws Exception {
    var hints =
        Diagnosis.of(
            scheme("{body}"),
            request(URL, "{}", hex("key", "{}")),
            List.of(secret(" key\n", Optional.empty())),
            NOW);

    assertThat(hints).singleElement().asString().contains("env:KEY", "white space");
  }

  @Test
  void findsASecretThatTheSenderReadsOtherwise() throws Exception {
    var key = "a key of thirty-two bytes, truly";
    var shown = "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(UTF_8));

    var hints =
        Diagnosis.of(
            scheme("{body}"),
            request(URL, "{}", hex(key, "{}")),
            List.of(secret(shown, Optional.empty())),
            NOW);

    assertThat(hints)
        .singleElement()
        .asString()
        .contains("read as base64 after whsec_", "this provider's format is plain text")
        .doesNotContain(shown);
  }

  @Test
  void findsATimeInAnotherUnit() throws Exception {
    var millis = Long.toString(NOW.toEpochMilli());
    var request =
        new SignedRequest(
            "POST",
            URL,
            Headers.of(
                Map.of(
                    "X-Signature", List.of(hex("key", millis + "{}")), "X-Time", List.of(millis))),
            "{}".getBytes(UTF_8));
    var timed =
        scheme(
            "{timestamp}{body}",
            Optional.of(
                new TimestampRule(
                    Optional.of(new ValueLocation.InHeader("X-Time")),
                    Optional.empty(),
                    TimestampUnit.SECONDS,
                    Duration.ofMinutes(5),
                    true)));

    assertThat(Diagnosis.of(timed, request, List.of(SECRET), NOW))
        .singleElement()
        .asString()
        .contains("written in milliseconds", "writes it in seconds");
  }

  private static String lines(String text) {
    return text.replace("%r", "\r").replace("%n", "\n");
  }

  private static Verification.Signed scheme(String signed) {
    return scheme(signed, Optional.empty());
  }

  private static Verification.Signed scheme(String signed, Optional<TimestampRule> time) {
    return new Verification.Signed(
        new Algorithm.Hmac(Hash.SHA256),
        new KeyFormat(KeyFormat.Kind.UTF8, Optional.empty()),
        new SignatureRule(
            List.of(new ValueLocation.InHeader("X-Signature")),
            new SignatureFormat.Plain("", false),
            Encoding.HEX),
        time,
        SignedTemplate.parse(signed),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Assurance.BODY_SIGNED);
  }

  private static Secret secret(String value, Optional<Instant> notAfter) {
    return new Secret("env:KEY", value, Optional.empty(), notAfter);
  }

  private static SignedRequest request(String url, String body, String signature) {
    return new SignedRequest(
        "POST", url, Headers.of(Map.of("X-Signature", List.of(signature))), body.getBytes(UTF_8));
  }

  private static String hex(String key, String signed) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
