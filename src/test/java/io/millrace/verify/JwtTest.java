package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
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

class JwtTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final String URL = "https://hooks.example.com/in/calls?x=1";
  private static final String BODY = "{\"call\":\"Zoë\"}";
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final KeyFormat TEXT = new KeyFormat(KeyFormat.Kind.UTF8, Optional.empty());
  private static final KeyFormat PEM = new KeyFormat(KeyFormat.Kind.PEM, Optional.empty());

  private static final JwtVerification SCHEME =
      scheme(JwtAlgorithm.HS256, TEXT, Optional.empty(), "{body:sha256hex}");

  /** The example of RFC 7515, appendix A.1, which expired in 2011. */
  private static final String PUBLISHED =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
          + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
          + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String PUBLISHED_KEY =
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow==";

  @Test
  void verifiesThePublishedExample() {
    var scheme =
        new JwtVerification(
            JwtAlgorithm.HS256,
            new KeyFormat(KeyFormat.Kind.BASE64, Optional.empty()),
            new ValueLocation.InHeader("Authorization"),
            "Bearer ",
            true,
            List.of(JwtVerification.Claim.of("iss", "joe")),
            true,
            Duration.ZERO,
            Optional.empty());
    var expiry = Instant.ofEpochSecond(1_300_819_380);

    assertThat(judge(scheme, PUBLISHED, PUBLISHED_KEY, expiry.minusMillis(1)))
        .isEqualTo(new Verdict.Verified(Assurance.PARTIAL, Optional.of("env:KEY")));
    assertThat(reason(judge(scheme, PUBLISHED, PUBLISHED_KEY, expiry))).isEqualTo(Reason.STALE);
  }

  @Test
  void verifiesATokenThatHoldsTheHashOfTheBody() {
    assertThat(judge(SCHEME, hs256(HEADER, claims("")), "key", NOW))
        .isEqualTo(new Verdict.Verified(Assurance.BODY_SIGNED, Optional.of("env:KEY")));
  }

  @Test
  void refusesATokenWithoutTheTimeItsSenderHasToState() {
    var expiring = expiring(Optional.empty());
    var issued = expiring(Optional.of(Duration.ofMinutes(5)));
    long soon = NOW.getEpochSecond() + 10;

    assertThat(reason(judge(expiring, hs256(HEADER, claims("")), "key", NOW)))
        .isEqualTo(Reason.MISSING_TIMESTAMP);
    assertThat(
            reason(
                judge(
                    expiring,
                    hs256(HEADER, claims(",\"iat\":" + NOW.getEpochSecond())),
                    "key",
                    NOW)))
        .isEqualTo(Reason.MISSING_TIMESTAMP);
    assertThat(judge(expiring, hs256(HEADER, claims(",\"exp\":" + soon)), "key", NOW))
        .isInstanceOf(Verdict.Verified.class);
    assertThat(reason(judge(issued, hs256(HEADER, claims(",\"exp\":" + soon)), "key", NOW)))
        .isEqualTo(Reason.MISSING_TIMESTAMP);
  }

  private static JwtVerification expiring(Optional<Duration> issuedWithin) {
    return new JwtVerification(
        SCHEME.algorithm(),
        SCHEME.key(),
        SCHEME.location(),
        SCHEME.prefix(),
        SCHEME.prefixOptional(),
        SCHEME.claims(),
        true,
        SCHEME.leeway(),
        issuedWithin);
  }

  @Test
  void provesOnlyAPartWithoutTheHashOfTheBody() {
    var scheme = scheme(JwtAlgorithm.HS256, TEXT, Optional.empty(), "{url}");

    assertThat(scheme.assurance()).isEqualTo(Assurance.PARTIAL);
    assertThat(judge(scheme, hs256(HEADER, "{\"hash\":\"" + URL + "\"}"), "key", NOW))
        .isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void verifiesRsaAndEllipticKeysAsPemAndAsBareBase64() throws GeneralSecurityException {
    var rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    var elliptic = KeyPairGenerator.getInstance("EC");
    elliptic.initialize(new ECGenParameterSpec("secp256r1"));

    assertSigns(JwtAlgorithm.RS256, "SHA256withRSA", rsa.generateKeyPair());
    assertSigns(JwtAlgorithm.ES256, "SHA256withECDSAinP1363Format", elliptic.generateKeyPair());
  }

  private static void assertSigns(JwtAlgorithm algorithm, String signatureName, KeyPair keys)
      throws GeneralSecurityException {
    var signed = part("{\"alg\":\"" + algorithm + "\"}") + "." + part(claims(""));
    var signature = Signature.getInstance(signatureName);
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.UTF_8));
    var token = signed + "." + base64Url(signature.sign());
    var bare = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    var pem = "-----BEGIN PUBLIC KEY-----\n" + bare + "\n-----END PUBLIC KEY-----\n";
    var scheme = scheme(algorithm, PEM, Optional.empty(), "{body:sha256hex}");

    for (var key : List.of(bare, pem)) {
      assertThat(judge(scheme, token, key, NOW)).isInstanceOf(Verdict.Verified.class);
    }
    assertThat(
            reason(judge(scheme, token.substring(0, token.length() - 8) + "AAAAAAAA", bare, NOW)))
        .isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void neverLetsTheTokenChooseTheAlgorithm() {
    var none = part("{\"alg\":\"none\"}") + "." + part(claims("")) + ".";
    var publicKeyAsSecret = hs256(HEADER, claims(""));

    assertThat(reason(judge(SCHEME, none, "key", NOW))).isEqualTo(Reason.BAD_SIGNATURE);
    for (var algorithm : List.of("hs256", "HS512", "RS256", "None")) {
      assertThat(
              reason(
                  judge(SCHEME, hs256("{\"alg\":\"" + algorithm + "\"}", claims("")), "key", NOW)))
          .as(algorithm)
          .isEqualTo(Reason.BAD_SIGNATURE);
    }
    var rs256 = scheme(JwtAlgorithm.RS256, PEM, Optional.empty(), "{body:sha256hex}");
    assertThat(reason(judge(rs256, publicKeyAsSecret, "key", NOW))).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesExtensionsItDoesNotKnow() {
    var header = "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}";

    assertThat(reason(judge(SCHEME, hs256(header, claims("")), "key", NOW)))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void refusesWhatIsNoToken() {
    var good = hs256(HEADER, claims(""));
    var broken =
        List.of(
            "a.b",
            "a.b.c",
            "..",
            good + ".x",
            good + "=",
            part("[]") + "." + part("{}") + ".AAAA",
            part("{}") + "." + part(claims("")) + ".AAAA",
            part("{\"alg\":1}") + "." + part("{}") + ".AAAA",
            hs256("{\"alg\":\"HS256\",\"alg\":\"HS256\"}", claims("")),
            hs256(HEADER, "{\"hash\":\"a\",\"hash\":\"b\"}"),
            hs256(HEADER, "{} {}"),
            hs256(HEADER, "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"),
            hs256(HEADER, "{\"a\":\"" + "a".repeat(16_384) + "\"}"));

    for (var token : broken) {
      assertThat(reason(judge(SCHEME, token, "key", NOW)))
          .as(token.substring(0, Math.min(80, token.length())))
          .isEqualTo(Reason.MALFORMED);
    }
  }

  @Test
  void refusesATokenForAnotherRequest() {
    for (var payload :
        List.of("{}", "{\"hash\":\"abc\"}", "{\"hash\":1}", "{\"hash\":null}", "{\"hash\":[]}")) {
      assertThat(reason(judge(SCHEME, hs256(HEADER, payload), "key", NOW)))
          .as(payload)
          .isEqualTo(Reason.BAD_SIGNATURE);
    }
  }

  @Test
  void refusesAnotherKey() {
    assertThat(reason(judge(SCHEME, hs256(HEADER, claims("")), "other", NOW)))
        .isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void countsATokenFromItsBeginningToItsEndWithLeewayForClocks() {
    var now = NOW.getEpochSecond();

    assertThat(at("exp", now - 59)).isEmpty();
    assertThat(at("exp", now - 60)).contains(Reason.STALE);
    assertThat(at("nbf", now + 60)).isEmpty();
    assertThat(at("nbf", now + 61)).contains(Reason.STALE);
    assertThat(at("iat", now + 60)).isEmpty();
    assertThat(at("iat", now + 61)).contains(Reason.STALE);
    assertThat(at("iat", 0)).isEmpty();
  }

  @Test
  void limitsTheAgeEitherWayWhereTheProviderDoes() {
    var scheme =
        scheme(JwtAlgorithm.HS256, TEXT, Optional.of(Duration.ofMinutes(5)), "{body:sha256hex}");
    var now = NOW.getEpochSecond();

    for (var age : List.of(-300L, 0L, 300L)) {
      assertThat(judge(scheme, hs256(HEADER, claims(",\"iat\":" + (now - age))), "key", NOW))
          .isInstanceOf(Verdict.Verified.class);
    }
    for (var age : List.of(-301L, 301L)) {
      assertThat(
              reason(judge(scheme, hs256(HEADER, claims(",\"iat\":" + (now - age))), "key", NOW)))
          .isEqualTo(Reason.STALE);
    }
    assertThat(reason(judge(scheme, hs256(HEADER, claims("")), "key", NOW)))
        .isEqualTo(Reason.MISSING_TIMESTAMP);
  }

  @Test
  void refusesTimesThatAreNone() {
    for (var time :
        List.of(
            "\"1700000000\"",
            "-1",
            "1e400",
            "1e999999999",
            "null",
            "true",
            "[]",
            "{}",
            "9".repeat(400),
            "1000000000001")) {
      assertThat(reason(judge(SCHEME, hs256(HEADER, claims(",\"exp\":" + time)), "key", NOW)))
          .as(time)
          .isEqualTo(Reason.MALFORMED);
    }
    for (var time : List.of("1.7000000015e9", "1700000001.5", "1700000001")) {
      assertThat(judge(SCHEME, hs256(HEADER, claims(",\"exp\":" + time)), "key", NOW))
          .as(time)
          .isInstanceOf(Verdict.Verified.class);
    }
  }

  @Test
  void readsTheTokenBehindItsPrefixInAnyCase() {
    var token = hs256(HEADER, claims(""));
    var strict =
        new JwtVerification(
            JwtAlgorithm.HS256,
            TEXT,
            new ValueLocation.InHeader("Authorization"),
            "Bearer ",
            false,
            List.of(),
            false,
            Duration.ZERO,
            Optional.empty());

    assertThat(judge(SCHEME, "bearer " + token, "key", NOW)).isInstanceOf(Verdict.Verified.class);
    assertThat(judge(strict, "Bearer " + token, "key", NOW)).isInstanceOf(Verdict.Verified.class);
    assertThat(reason(judge(strict, token, "key", NOW))).isEqualTo(Reason.MALFORMED);
    assertThat(reason(judge(strict, "", "key", NOW))).isEqualTo(Reason.MISSING_SIGNATURE);
  }

  @Test
  void refusesKeysTooWeakForTheAlgorithm() throws GeneralSecurityException {
    var rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(1024);
    var elliptic = KeyPairGenerator.getInstance("EC");
    elliptic.initialize(new ECGenParameterSpec("secp384r1"));

    assertUnusable(JwtAlgorithm.RS256, rsa.generateKeyPair(), "less than 2048 bits");
    assertUnusable(JwtAlgorithm.ES256, elliptic.generateKeyPair(), "P-256");
    assertUnusable(JwtAlgorithm.RS256, elliptic.generateKeyPair(), "not a public key of type RSA");
  }

  private static void assertUnusable(JwtAlgorithm algorithm, KeyPair keys, String why) {
    var verifier = new Verifier(scheme(algorithm, PEM, Optional.empty(), "{url}"));
    var key = secret(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));

    assertThatThrownBy(() -> verifier.check(key))
        .isInstanceOf(InvalidSecretException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesAClaimThatCouldNotBeCompared() {
    for (var expected : List.of("{timestamp}", "{secret}", "{boddy}", "{")) {
      assertThatThrownBy(() -> JwtVerification.Claim.of("x", expected))
          .as(expected)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Optional<Reason> at(String claim, long seconds) {
    var token = hs256(HEADER, claims(",\"" + claim + "\":" + seconds));
    return judge(SCHEME, token, "key", NOW) instanceof Verdict.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  private static JwtVerification scheme(
      JwtAlgorithm algorithm, KeyFormat key, Optional<Duration> issuedWithin, String hash) {
    return new JwtVerification(
        algorithm,
        key,
        new ValueLocation.InHeader("Authorization"),
        "Bearer ",
        true,
        List.of(JwtVerification.Claim.of("hash", hash)),
        false,
        Duration.ofMinutes(1),
        issuedWithin);
  }

  private static Verdict judge(JwtVerification scheme, String header, String key, Instant now) {
    var request =
        new SignedRequest(
            "POST",
            URL,
            Headers.of(Map.of("Authorization", List.of(header))),
            BODY.getBytes(StandardCharsets.UTF_8));
    return new Verifier(scheme).verify(request, List.of(secret(key)), now);
  }

  private static Reason reason(Verdict verdict) {
    return ((Verdict.Refused) verdict).reason();
  }

  private static Secret secret(String value) {
    return new Secret("env:KEY", value, Optional.empty(), Optional.empty());
  }

  private static String claims(String more) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(BODY.getBytes(StandardCharsets.UTF_8));
      return "{\"hash\":\"" + HexFormat.of().formatHex(hash) + "\"" + more + "}";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hs256(String header, String payload) {
    try {
      var signed = part(header) + "." + part(payload);
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return signed + "." + base64Url(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String part(String json) {
    return base64Url(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
