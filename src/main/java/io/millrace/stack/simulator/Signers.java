package io.millrace.stack.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The providers the simulator can sign for. Written apart from the verification engine on purpose:
 * what signs here and what verifies there can only agree if both follow the provider.
 */
public final class Signers {
  private static final String SHA256 = "HmacSHA256";
  private static final String SHA1 = "HmacSHA1";

  private Signers() {}

  /** The names {@link #of} knows. */
  public static List<String> providers() {
    return List.of("envelope", "hubspot", "stripe", "segment", "sendgrid", "typeform");
  }

  /**
   * A provider's signer.
   *
   * @param secret the signing secret; for sendgrid the private key, base64 PKCS #8
   * @throws IllegalArgumentException if the provider is not one of {@link #providers}, or the
   *     secret no key
   */
  public static Signer of(String provider, String secret) {
    return switch (provider) {
      case "envelope" -> new PlainSigner("X-Webhook-Signature", "sha256=", SHA256, secret, false);
      case "segment" -> new PlainSigner("X-Signature", "", SHA1, secret, false);
      case "typeform" -> new PlainSigner("Typeform-Signature", "sha256=", SHA256, secret, true);
      case "hubspot" -> new HubSpotSigner(secret);
      case "stripe" -> new StripeSigner(secret);
      case "sendgrid" -> new SendGridSigner(secret);
      default ->
          throw new IllegalArgumentException(
              "The simulator cannot sign for provider '" + provider + "'; it knows " + providers());
    };
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A keyed hash of the body alone. */
  private record PlainSigner(
      String signatureHeader, String prefix, String algorithm, String secret, boolean base64)
      implements Signer {
    @Override
    public Map<String, String> sign(String url, byte[] body, Instant at) {
      Hmac hmac = new Hmac(algorithm, secret);
      String signature = base64 ? hmac.base64(body) : hmac.hex(body);
      return Map.of(signatureHeader, prefix + signature);
    }
  }

  /** Version 3: method, URL, body and the time in milliseconds. */
  private record HubSpotSigner(String secret) implements Signer {
    @Override
    public Map<String, String> sign(String url, byte[] body, Instant at) {
      String timestamp = Long.toString(at.toEpochMilli());
      String signature =
          new Hmac(SHA256, secret).base64(utf8("POST"), utf8(url), body, utf8(timestamp));
      return Map.of(signatureHeader(), signature, "X-HubSpot-Request-Timestamp", timestamp);
    }

    @Override
    public String signatureHeader() {
      return "X-HubSpot-Signature-v3";
    }
  }

  /** The time in seconds, a full stop, and the body. */
  private record StripeSigner(String secret) implements Signer {
    @Override
    public Map<String, String> sign(String url, byte[] body, Instant at) {
      String timestamp = Long.toString(at.getEpochSecond());
      String signature = new Hmac(SHA256, secret).hex(utf8(timestamp + "."), body);
      return Map.of(signatureHeader(), "t=" + timestamp + ",v1=" + signature);
    }

    @Override
    public String signatureHeader() {
      return "Stripe-Signature";
    }
  }

  /** ECDSA over the time in seconds and the body. */
  private record SendGridSigner(String privateKey) implements Signer {
    private SendGridSigner {
      EllipticKeys.privateKey(privateKey);
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, Instant at) {
      String timestamp = Long.toString(at.getEpochSecond());
      String signature = EllipticKeys.sign(privateKey, utf8(timestamp), body);
      return Map.of(
          signatureHeader(), signature, "X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
    }

    @Override
    public String signatureHeader() {
      return "X-Twilio-Email-Event-Webhook-Signature";
    }
  }
}
