package io.millrace.normalize.testing;

import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as the senders do, written out by hand so that it shares nothing with the engine.
 */
public final class SignedSamples {
  public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  public static final byte[] BODY =
      "[{\"id\":\"evt_1\",\"name\":\"Zoë ☃\",\"amount\":1.0}, {\"id\":\"evt_2\"}]\r\n"
          .getBytes(StandardCharsets.UTF_8);

  /** What a sender puts into a request. */
  interface Signing {
    Map<String, String> headers(String url, byte[] body, Instant at)
        throws GeneralSecurityException;
  }

  /**
   * A sender with three keys: the two that are configured and one that is not.
   *
   * @param timestampHeader empty if the sender signs no time, or signs it in the signature header
   */
  record Sender(
      String provider,
      String signatureHeader,
      Optional<String> timestampHeader,
      boolean hasWindow,
      List<String> configured,
      Signing first,
      Signing second,
      Signing stranger) {

    public SignedRequest request(Signing signing, byte[] body, Instant at) {
      String url = "https://hooks.example.com/in/some?portal=1&to=a%40b%2Fc";
      try {
        return SignedSamples.request(url, signing.headers(url, body, at), body);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    SignedRequest good() {
      return request(first, BODY, NOW);
    }

    @Override
    public String toString() {
      return provider;
    }
  }

  private interface Keyed {
    Map<String, String> headers(String key, String url, byte[] body, Instant at)
        throws GeneralSecurityException;
  }

  private SignedSamples() {}

  static List<Sender> senders() {
    return List.of(
        sender(
            "hubspot",
            "X-HubSpot-Signature-v3",
            Optional.of("X-HubSpot-Request-Timestamp"),
            true,
            (key, url, body, at) -> {
              var millis = Long.toString(at.toEpochMilli());
              var decoded = url.replace("%40", "@").replace("%2F", "/");
              return Map.of(
                  "X-HubSpot-Signature-v3",
                  base64(hmac("HmacSHA256", key, "POST", decoded, body, millis)),
                  "X-HubSpot-Request-Timestamp",
                  millis);
            }),
        sender(
            "hubspot-v1",
            "X-HubSpot-Signature",
            Optional.empty(),
            false,
            (key, url, body, at) -> Map.of("X-HubSpot-Signature", hex(sha256(key, body)))),
        sender(
            "hubspot-v2",
            "X-HubSpot-Signature",
            Optional.empty(),
            false,
            (key, url, body, at) ->
                Map.of("X-HubSpot-Signature", hex(sha256(key, "POST", url, body)))),
        sender(
            "stripe",
            "Stripe-Signature",
            Optional.empty(),
            true,
            (key, url, body, at) ->
                Map.of(
                    "Stripe-Signature",
                    "t="
                        + seconds(at)
                        + ",v1="
                        + hex(hmac("HmacSHA256", key, seconds(at), ".", body))
                        + ",v0=00")),
        sender(
            "segment",
            "X-Signature",
            Optional.empty(),
            false,
            (key, url, body, at) -> Map.of("X-Signature", hex(hmac("HmacSHA1", key, body)))),
        sender(
            "typeform",
            "Typeform-Signature",
            Optional.empty(),
            false,
            (key, url, body, at) ->
                Map.of("Typeform-Signature", "sha256=" + base64(hmac("HmacSHA256", key, body)))),
        sender(
            "slack",
            "X-Slack-Signature",
            Optional.of("X-Slack-Request-Timestamp"),
            true,
            (key, url, body, at) ->
                Map.of(
                    "X-Slack-Signature",
                    "v0=" + hex(hmac("HmacSHA256", key, "v0:", seconds(at), ":", body)),
                    "X-Slack-Request-Timestamp",
                    seconds(at))),
        standard("standard-webhooks", "webhook"),
        standard("svix", "svix"),
        sender(
            "github",
            "X-Hub-Signature-256",
            Optional.empty(),
            false,
            (key, url, body, at) ->
                Map.of("X-Hub-Signature-256", "sha256=" + hex(hmac("HmacSHA256", key, body)))),
        sender(
            "envelope",
            "X-Webhook-Signature",
            Optional.empty(),
            false,
            (key, url, body, at) ->
                Map.of("X-Webhook-Signature", "sha256=" + hex(hmac("HmacSHA256", key, body)))),
        sender(
            "generic-hmac",
            "X-Webhook-Signature",
            Optional.empty(),
            false,
            (key, url, body, at) ->
                Map.of("X-Webhook-Signature", hex(hmac("HmacSHA256", key, body)))),
        sendGrid(),
        ed25519());
  }

  public static SignedRequest request(String url, Map<String, String> headers, byte[] body) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    headers.forEach((name, value) -> values.put(name, List.of(value)));
    return new SignedRequest("POST", url, Headers.of(values), body);
  }

  private static Sender sender(
      String provider,
      String signatureHeader,
      Optional<String> timestampHeader,
      boolean hasWindow,
      Keyed keyed) {
    return new Sender(
        provider,
        signatureHeader,
        timestampHeader,
        hasWindow,
        List.of("first-secret", "second-secret"),
        (url, body, at) -> keyed.headers("first-secret", url, body, at),
        (url, body, at) -> keyed.headers("second-secret", url, body, at),
        (url, body, at) -> keyed.headers("stranger", url, body, at));
  }

  private static Sender standard(String provider, String prefix) {
    Keyed keyed =
        (key, url, body, at) ->
            Map.of(
                prefix + "-id",
                "msg_1",
                prefix + "-timestamp",
                seconds(at),
                prefix + "-signature",
                "v1," + base64(hmac("HmacSHA256", key, "msg_1.", seconds(at), ".", body)));
    return new Sender(
        provider,
        prefix + "-signature",
        Optional.of(prefix + "-timestamp"),
        true,
        List.of("whsec_" + base64(utf8("first-secret")), "whsec_" + base64(utf8("second"))),
        (url, body, at) -> keyed.headers("first-secret", url, body, at),
        (url, body, at) -> keyed.headers("second", url, body, at),
        (url, body, at) -> keyed.headers("stranger", url, body, at));
  }

  private static Sender sendGrid() {
    var first = keys("EC");
    var second = keys("EC");
    return new Sender(
        "sendgrid",
        "X-Twilio-Email-Event-Webhook-Signature",
        Optional.of("X-Twilio-Email-Event-Webhook-Timestamp"),
        false,
        List.of(spki(first), spki(second)),
        sendGrid(first),
        sendGrid(second),
        sendGrid(keys("EC")));
  }

  private static Signing sendGrid(KeyPair keys) {
    return (url, body, at) ->
        Map.of(
            "X-Twilio-Email-Event-Webhook-Signature",
            base64(sign("SHA256withECDSA", keys, seconds(at), body)),
            "X-Twilio-Email-Event-Webhook-Timestamp",
            seconds(at));
  }

  private static Sender ed25519() {
    var first = keys("Ed25519");
    var second = keys("Ed25519");
    return new Sender(
        "standard-webhooks-v1a",
        "webhook-signature",
        Optional.of("webhook-timestamp"),
        true,
        List.of("whpk_" + base64(raw(first)), "whpk_" + base64(raw(second))),
        ed25519(first),
        ed25519(second),
        ed25519(keys("Ed25519")));
  }

  private static Signing ed25519(KeyPair keys) {
    return (url, body, at) ->
        Map.of(
            "webhook-id",
            "msg_1",
            "webhook-timestamp",
            seconds(at),
            "webhook-signature",
            "v1a," + base64(sign("Ed25519", keys, "msg_1.", seconds(at), ".", body)));
  }

  static KeyPair keys(String type) {
    try {
      var generator = KeyPairGenerator.getInstance(type);
      if (type.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String spki(KeyPair keys) {
    return base64(keys.getPublic().getEncoded());
  }

  /** The last 32 bytes of an Ed25519 key in SPKI are the key itself. */
  private static byte[] raw(KeyPair keys) {
    var encoded = keys.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  public static byte[] hmac(String algorithm, String key, Object... parts)
      throws GeneralSecurityException {
    var mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(utf8(key), algorithm));
    for (var part : parts) {
      mac.update(bytes(part));
    }
    return mac.doFinal();
  }

  static byte[] sha256(Object... parts) throws GeneralSecurityException {
    var digest = java.security.MessageDigest.getInstance("SHA-256");
    for (var part : parts) {
      digest.update(bytes(part));
    }
    return digest.digest();
  }

  static byte[] sign(String algorithm, KeyPair keys, Object... parts)
      throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm);
    signature.initSign(keys.getPrivate());
    for (var part : parts) {
      signature.update(bytes(part));
    }
    return signature.sign();
  }

  private static byte[] bytes(Object part) {
    return part instanceof byte[] bytes ? bytes : utf8((String) part);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String seconds(Instant at) {
    return Long.toString(at.getEpochSecond());
  }
}
