package io.millrace.source;

import static io.millrace.source.SignedSamples.BODY;
import static io.millrace.source.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.rule.Reason;
import io.millrace.source.SignedSamples.Sender;
import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What has to hold for every sender the catalogue knows well. */
@ParameterizedClass(name = "{0}")
@MethodSource("senders")
class EverySenderTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  private final Sender sender;
  private final Verifier verifier;

  EverySenderTest(Sender sender) {
    this.sender = sender;
    this.verifier = new Verifier(CATALOGUE.find(sender.provider()).orElseThrow().verification());
  }

  static List<Sender> senders() {
    return SignedSamples.senders();
  }

  @Test
  void verifiesWhatTheSenderSigned() {
    assertThat(judge(sender.good())).isEqualTo(Optional.empty());
  }

  @Test
  void verifiesWithTheSecondSecretToo() {
    var verdict = verifier.verify(sender.request(sender.second(), BODY, NOW), configured(), NOW);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> assertThat(verified.secret()).contains("env:SECRET_1"));
  }

  @Test
  void refusesAnotherSecret() {
    assertThat(judge(sender.request(sender.stranger(), BODY, NOW))).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesOneChangedByte() {
    var changed = BODY.clone();
    changed[BODY.length - 1] = ' ';

    assertThat(judge(withBody(changed))).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesAnEmptiedBody() {
    assertThat(judge(withBody(new byte[0]))).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesSecretsThatAreNotActive() {
    var expired = secrets(Optional.empty(), Optional.of(NOW));
    var future = secrets(Optional.of(NOW.plusSeconds(1)), Optional.empty());

    assertThat(judge(sender.good(), expired, NOW)).contains(Reason.NO_SECRET);
    assertThat(judge(sender.good(), future, NOW)).contains(Reason.NO_SECRET);
    assertThat(judge(sender.good(), List.of(), NOW)).contains(Reason.NO_SECRET);
  }

  @Test
  void refusesAnExpiredSecretBesideAnActiveOne() {
    var first = sender.configured().getFirst();
    var second = sender.configured().getLast();
    var secrets =
        List.of(
            new Secret("old", first, Optional.empty(), Optional.of(NOW)),
            new Secret("new", second, Optional.of(NOW), Optional.empty()));

    assertThat(judge(sender.good(), secrets, NOW)).contains(Reason.BAD_SIGNATURE);
    assertThat(judge(sender.request(sender.second(), BODY, NOW), secrets, NOW)).isEmpty();
  }

  @Test
  void neverVerifiesWithAnUnusableSecret() {
    var blank = new Secret("blank", " ", Optional.empty(), Optional.empty());

    assertThat(judge(sender.good(), List.of(blank), NOW)).contains(Reason.NO_SECRET);
  }

  @Test
  void refusesAMissingSignature() {
    assertThat(judge(with(sender.signatureHeader(), List.of()))).contains(Reason.MISSING_SIGNATURE);
    assertThat(judge(with(sender.signatureHeader(), List.of(" "))))
        .contains(Reason.MISSING_SIGNATURE);
  }

  @Test
  void refusesTwoDifferentSignatureHeaders() {
    var good = sender.good().headers().first(sender.signatureHeader()).orElseThrow();

    assertThat(judge(with(sender.signatureHeader(), List.of(good, good + "0"))))
        .contains(Reason.MALFORMED);
    assertThat(judge(with(sender.signatureHeader(), List.of(good, good)))).isEmpty();
  }

  @Test
  void callsAnUnreadableSignatureMalformed() {
    for (var broken : List.of("garbage!", "=", ",", "sha256=", "v1,", "t=1,v1=%%", "☃", "v0=zz")) {
      assertThat(judge(with(sender.signatureHeader(), List.of(broken))))
          .as(broken)
          .get()
          .isIn(Reason.MALFORMED, Reason.MISSING_SIGNATURE, Reason.MISSING_TIMESTAMP);
    }
  }

  @Test
  void refusesARequestOutsideTheWindowInEitherDirection() {
    assumeTrue(sender.hasWindow());
    var request = sender.good();

    assertThat(judge(request, configured(), NOW.plusSeconds(300))).isEmpty();
    assertThat(judge(request, configured(), NOW.plusSeconds(301))).contains(Reason.STALE);
    assertThat(judge(request, configured(), NOW.minusSeconds(300))).isEmpty();
    assertThat(judge(request, configured(), NOW.minusSeconds(301))).contains(Reason.STALE);
  }

  @Test
  void callsAnOldRequestWithAWrongSignatureBadAndNotStale() {
    var old = sender.request(sender.stranger(), BODY, NOW.minus(Duration.ofDays(1)));

    assertThat(judge(old)).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void acceptsALateRetryWhereNoWindowIsKnown() {
    assumeTrue(!sender.hasWindow());

    assertThat(judge(sender.good(), configured(), NOW.plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void refusesAMissingTimestamp() {
    assumeTrue(sender.timestampHeader().isPresent());

    assertThat(judge(with(sender.timestampHeader().orElseThrow(), List.of())))
        .contains(Reason.MISSING_TIMESTAMP);
  }

  @Test
  void refusesATimestampThatIsNoNumber() {
    assumeTrue(sender.timestampHeader().isPresent());
    var texts =
        List.of(
            "NaN",
            "soon",
            "1e9",
            "+1795168800",
            "-1795168800",
            "1795168800.0",
            "0x6b",
            "١٧٩٥١٦٨٨٠٠",
            "99999999999999999999999999",
            "9223372036854775807");

    for (var text : texts) {
      assertThat(judge(with(sender.timestampHeader().orElseThrow(), List.of(text))))
          .as(text)
          .contains(Reason.MALFORMED);
    }
  }

  @Test
  void refusesTwoDifferentTimestamps() {
    assumeTrue(sender.timestampHeader().isPresent());
    var name = sender.timestampHeader().orElseThrow();
    var good = sender.good().headers().first(name).orElseThrow();

    assertThat(judge(with(name, List.of(good, "1")))).contains(Reason.MALFORMED);
  }

  @Test
  void refusesAShiftedTimestamp() {
    assumeTrue(sender.timestampHeader().isPresent());
    var name = sender.timestampHeader().orElseThrow();
    var shifted = Long.parseLong(sender.good().headers().first(name).orElseThrow()) + 1;

    assertThat(judge(with(name, List.of(Long.toString(shifted))))).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesAnyFlippedBitOfTheBody() {
    var seed = new Random().nextLong();
    var random = new Random(seed);

    for (var round = 0; round < 200; round++) {
      var body = BODY.clone();
      var bit = random.nextInt(body.length * 8);
      flip(body, bit);

      assertThat(judge(withBody(body)))
          .as("seed %d, round %d: bit %d of the body", seed, round, bit)
          .isNotEmpty();
    }
  }

  @Test
  void refusesEveryFlippedBitOfTheSignature() {
    var signature = sender.good().headers().first(sender.signatureHeader()).orElseThrow();
    // Stripe's v0 is never looked at, so its bits may flip.
    var length = signature.length() - (signature.endsWith(",v0=00") ? 6 : 0);

    for (var bit = 0; bit < length * 8; bit++) {
      var header = SignedSamples.utf8(signature);
      flip(header, bit);
      var flipped = new String(header, StandardCharsets.ISO_8859_1);

      assertThat(judge(with(sender.signatureHeader(), List.of(flipped))))
          .as("bit %d: %s instead of %s", bit, flipped, signature)
          .isNotEmpty();
    }
  }

  private static void flip(byte[] bytes, int bit) {
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
  }

  private Optional<Reason> judge(SignedRequest request) {
    return judge(request, configured(), NOW);
  }

  private Optional<Reason> judge(SignedRequest request, List<Secret> secrets, Instant now) {
    return switch (verifier.verify(request, secrets, now)) {
      case Verdict.Verified verified -> Optional.empty();
      case Verdict.Refused refused -> Optional.of(refused.reason());
    };
  }

  private List<Secret> configured() {
    return secrets(Optional.empty(), Optional.empty());
  }

  private List<Secret> secrets(Optional<Instant> notBefore, Optional<Instant> notAfter) {
    List<Secret> secrets = new ArrayList<>();
    for (var value : sender.configured()) {
      secrets.add(new Secret("env:SECRET_" + secrets.size(), value, notBefore, notAfter));
    }
    return secrets;
  }

  private SignedRequest withBody(byte[] body) {
    var good = sender.good();
    return new SignedRequest(good.method(), good.url(), good.headers(), body);
  }

  private SignedRequest with(String name, List<String> values) {
    return with(sender.good(), name, values);
  }

  private static SignedRequest with(SignedRequest request, String name, List<String> values) {
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers().asMap());
    headers.put(name.toLowerCase(java.util.Locale.ROOT), values);
    return new SignedRequest(request.method(), request.url(), Headers.of(headers), request.body());
  }
}
