package io.millrace.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HTTP requests of the mix, each with its own event id. They are prepared except for the id and the
 * signature, so that creating them takes little CPU from the server under test.
 */
public final class EdgeRequests {
  private static final int TEMPLATES = 2_000;

  /** As many digits as an int has, so that all ids have the same length. */
  private static final int FIRST_NUMBER = 1_000_000_000;

  private static final int DIGITS = 10;
  private static final String SIGNATURE = "X-Webhook-Signature: sha256=";
  private static final int HEX_OF_SHA256 = 64;

  private final List<Template> templates = new ArrayList<>(TEMPLATES);
  private final Mac mac;
  private final boolean isSigned;
  private long made;

  @SuppressWarnings("ArrayRecordComponent") // Its id is changed in place, for every request.
  private record Template(byte[] bytes, int idAt, int signatureAt, int bodyAt) {}

  /**
   * @param secret what the sources of the mix share with their senders
   * @param isSigned whether each is signed; otherwise the secret itself is sent
   */
  public EdgeRequests(String secret, boolean isSigned, long seed) {
    this.isSigned = isSigned;
    SplittableRandom random = new SplittableRandom(seed);
    VolumeMix.generate(
        random.nextLong(),
        TEMPLATES,
        Instant.now(),
        event -> templates.add(template(event, secret)));
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java has no HmacSHA256", missing);
    }
  }

  private Template template(MixEvent event, String secret) {
    String id = MixEvent.ID_PREFIX + FIRST_NUMBER;
    String body = event.body().replace("\"" + event.id() + "\"", "\"" + id + "\"");
    String proof = isSigned ? SIGNATURE + "0".repeat(HEX_OF_SHA256) : "X-API-Key: " + secret;
    String head =
        """
        POST /in/%s HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(event.sourceName(), proof, body.getBytes(StandardCharsets.UTF_8).length);
    String request = head + body;
    return new Template(
        request.getBytes(StandardCharsets.UTF_8),
        request.indexOf(id) + MixEvent.ID_PREFIX.length(),
        request.indexOf(SIGNATURE) + SIGNATURE.length(),
        head.length());
  }

  /** The next request; its bytes are valid until the template's next turn, so they are copied. */
  void next(ByteBuffer target) {
    Template template = templates.get((int) (made % templates.size()));
    long number = FIRST_NUMBER + made++;
    byte[] bytes = template.bytes();
    for (int digit = DIGITS - 1; digit >= 0; digit--) {
      bytes[template.idAt() + digit] = (byte) ('0' + number % 10);
      number /= 10;
    }
    if (isSigned) {
      mac.update(bytes, template.bodyAt(), bytes.length - template.bodyAt());
      byte[] hex = HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(hex, 0, bytes, template.signatureAt(), hex.length);
    }
    target.clear().put(bytes).flip();
  }
}
