package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tampers with good tokens, and judges them a second time with nothing but the JDK. */
class JwtTamperingTest {
  private static final long SEED = 20_261_130;
  private static final int TOKENS = 400;
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_500L);
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final byte[] BODY = "{\"call\":1}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECRET = "a shared key".getBytes(StandardCharsets.UTF_8);
  private static final BigDecimal LAST_SECOND = new BigDecimal("1000000000000");

  private static KeyPair rsa;
  private static KeyPair elliptic;

  @BeforeAll
  static void makeKeys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    rsa = generator.generateKeyPair();
    generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    elliptic = generator.generateKeyPair();
  }

  @ParameterizedTest
  @EnumSource
  void judgesTamperedTokensAsTheStandardSays(JwtAlgorithm algorithm)
      throws GeneralSecurityException {
    var random = new Random(SEED);
    var verified = 0;
    for (var count = 0; count < TOKENS; count++) {
      var token = tampered(algorithm, random);
      var expected = expected(algorithm, token);

      assertThat(judged(algorithm, token))
          .as("token %s: %s", count, brief(token))
          .isEqualTo(expected);
      verified += expected.isEmpty() ? 1 : 0;
    }
    assertThat(verified).isBetween(TOKENS / 20, TOKENS / 2);
  }

  private static String tampered(JwtAlgorithm algorithm, Random random)
      throws GeneralSecurityException {
    var now = NOW.getEpochSecond();
    var second = random.nextInt(-2, 3);
    var claims =
        switch (random.nextInt(8)) {
          case 0 -> claims(",\"exp\":" + (now - 60 + second));
          case 1 -> claims(",\"nbf\":" + (now + 60 + second));
          case 2 -> claims(",\"iat\":" + (now + 60 + second));
          case 3 -> claims(",\"exp\":" + time(random));
          case 4 -> claims(",\"x\":\"" + "x".repeat(random.nextInt(20_000)) + "\"");
          case 5 -> claims(",\"x\":" + "[".repeat(second + 99) + "]".repeat(second + 99));
          case 6 -> claims(",\"hash\":\"twice\"");
          default -> claims("");
        };
    var header =
        switch (random.nextInt(8)) {
          case 0 -> header(pick(random, "none", "HS256", "RS256", "ES256", "HS512", "hs256", ""));
          case 1 -> "{\"alg\":\"" + algorithm + "\",\"crit\":[]}";
          case 2 ->
              "{\"alg\":\"" + algorithm + "\",\"kid\":" + pick(random, "1", "\"../x\"", "{}") + "}";
          case 3 -> "{\"alg\":\"" + algorithm + "\",\"b64\":false,\"zip\":\"DEF\"}";
          default -> header(algorithm.name());
        };
    var signed = part(header) + "." + part(claims);
    return spoiled(signed + "." + text(signature(algorithm, signed, random)), random);
  }

  /** Mostly right; else made by another algorithm, written in another way, or of another length. */
  private static byte[] signature(JwtAlgorithm algorithm, String signed, Random random)
      throws GeneralSecurityException {
    var right = sign(algorithm, signed);
    return switch (random.nextInt(10)) {
      case 0 -> sign(JwtAlgorithm.valueOf(pick(random, "HS256", "RS256", "ES256")), signed);
      // The public key as a shared secret.
      case 1 -> mac(rsa.getPublic().getEncoded(), signed);
      case 2 -> signature("SHA256withECDSA", elliptic, signed);
      case 3 -> new byte[random.nextInt(130)];
      case 4 -> Arrays.copyOf(right, random.nextInt(right.length + 8));
      default -> right;
    };
  }

  private static String spoiled(String token, Random random) {
    var at = random.nextInt(token.length());
    return switch (random.nextInt(12)) {
      case 0 -> token.substring(0, at) + anyLetter(random) + token.substring(at + 1);
      case 1 -> token.substring(0, at) + token.substring(at + 1);
      case 2 -> token.substring(0, at) + anyLetter(random) + token.substring(at);
      // The last letter's loose bits: the same bytes, spelled otherwise.
      case 3 -> token.substring(0, token.length() - 1) + anyLetter(random);
      case 4 -> token + pick(random, "=", "==", ".", ".x", "\n", "A");
      case 5 -> token.substring(0, token.lastIndexOf('.') + 1);
      case 6 -> token.replace('-', '+').replace('_', '/');
      default -> token;
    };
  }

  private static Optional<Reason> judged(JwtAlgorithm algorithm, String token) {
    var scheme =
        new JwtVerification(
            algorithm,
            new KeyFormat(
                algorithm == JwtAlgorithm.HS256 ? KeyFormat.Kind.UTF8 : KeyFormat.Kind.PEM,
                Optional.empty()),
            new ValueLocation.InHeader("Authorization"),
            "",
            false,
            List.of(JwtVerification.Claim.of("hash", "{body:sha256hex}")),
            false,
            LEEWAY,
            Optional.empty());
    var key =
        switch (algorithm) {
          case HS256 -> new String(SECRET, StandardCharsets.UTF_8);
          case RS256 -> Base64.getEncoder().encodeToString(rsa.getPublic().getEncoded());
          case ES256 -> Base64.getEncoder().encodeToString(elliptic.getPublic().getEncoded());
        };
    var request =
        new SignedRequest(
            "POST",
            "https://hooks.example.com/in/calls",
            Headers.of(Map.of("Authorization", List.of(token))),
            BODY);
    var secret = new Secret("env:KEY", key, Optional.empty(), Optional.empty());
    return new Verifier(scheme).verify(request, List.of(secret), NOW)
            instanceof Verdict.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /** What is to come out, checked in the order in which it is said. */
  private static Optional<Reason> expected(JwtAlgorithm algorithm, String shown)
      throws GeneralSecurityException {
    // The prefix is empty, and what stands around a token does not count.
    var token = shown.strip();
    var parts = token.split("\\.", -1);
    if (token.length() > 16_384 || parts.length != 3) {
      return Optional.of(Reason.MALFORMED);
    }
    var header = decoded(parts[0]).flatMap(JsonBody::object);
    var claims = decoded(parts[1]).flatMap(JsonBody::object);
    var signature = parts[2].isEmpty() ? Optional.of(new byte[0]) : decoded(parts[2]);
    if (header.isEmpty() || claims.isEmpty() || signature.isEmpty()) {
      return Optional.of(Reason.MALFORMED);
    }
    var named = header.get().path("alg");
    if (!named.isTextual() || header.get().has("crit")) {
      return Optional.of(Reason.MALFORMED);
    }
    if (!named.textValue().equals(algorithm.name())) {
      return Optional.of(Reason.BAD_SIGNATURE);
    }
    for (var claim : List.of("exp", "nbf", "iat")) {
      if (!isTime(claims.get().path(claim))) {
        return Optional.of(Reason.MALFORMED);
      }
    }
    if (!isSigned(algorithm, parts[0] + "." + parts[1], signature.get())
        || !claims.get().path("hash").asText().equals(hash())) {
      return Optional.of(Reason.BAD_SIGNATURE);
    }
    return isTimely(claims.get()) ? Optional.empty() : Optional.of(Reason.STALE);
  }

  private static boolean isTime(JsonNode time) {
    return time.isMissingNode()
        || (time.isNumber()
            && time.decimalValue().signum() >= 0
            && time.decimalValue().compareTo(LAST_SECOND) <= 0);
  }

  private static boolean isTimely(ObjectNode claims) {
    var now = NOW.getEpochSecond();
    return (!claims.has("exp") || now < claims.path("exp").longValue() + LEEWAY.toSeconds())
        && (!claims.has("nbf") || now >= claims.path("nbf").longValue() - LEEWAY.toSeconds())
        && (!claims.has("iat") || now >= claims.path("iat").longValue() - LEEWAY.toSeconds());
  }

  private static boolean isSigned(JwtAlgorithm algorithm, String signed, byte[] signature)
      throws GeneralSecurityException {
    if (algorithm == JwtAlgorithm.HS256) {
      return MessageDigest.isEqual(mac(SECRET, signed), signature);
    }
    var isRsa = algorithm == JwtAlgorithm.RS256;
    var verifier = Signature.getInstance(isRsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
    verifier.initVerify(isRsa ? rsa.getPublic() : elliptic.getPublic());
    verifier.update(signed.getBytes(StandardCharsets.UTF_8));
    try {
      return verifier.verify(signature);
    } catch (SignatureException notASignature) {
      return false;
    }
  }

  /** Only the spelling an encoder would give. */
  private static Optional<byte[]> decoded(String part) {
    try {
      var bytes = Base64.getUrlDecoder().decode(part);
      return bytes.length > 0 && text(bytes).equals(part) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static byte[] sign(JwtAlgorithm algorithm, String signed)
      throws GeneralSecurityException {
    return switch (algorithm) {
      case HS256 -> mac(SECRET, signed);
      case RS256 -> signature("SHA256withRSA", rsa, signed);
      case ES256 -> signature("SHA256withECDSAinP1363Format", elliptic, signed);
    };
  }

  private static byte[] signature(String name, KeyPair keys, String signed)
      throws GeneralSecurityException {
    var signature = Signature.getInstance(name);
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.UTF_8));
    return signature.sign();
  }

  private static byte[] mac(byte[] key, String signed) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
  }

  private static String claims(String more) throws GeneralSecurityException {
    return "{\"hash\":\"" + hash() + "\"" + more + "}";
  }

  private static String hash() throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BODY));
  }

  private static String header(String algorithm) {
    return "{\"alg\":\"" + algorithm + "\"}";
  }

  private static String time(Random random) {
    return pick(random, "-1", "1e400", "null", "\"1\"", "1000000000001", "1.7e9", "1700000001.5");
  }

  private static String anyLetter(Random random) {
    var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= é";
    return String.valueOf(letters.charAt(random.nextInt(letters.length())));
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String part(String json) {
    return text(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String brief(String token) {
    return token.substring(0, Math.min(400, token.length()));
  }
}
