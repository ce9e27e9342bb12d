package io.millrace.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.verify.SignedRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Recognises a delivery that was seen before, without keeping it. The body is hashed once for both.
 *
 * @param delivery the same for every attempt of a sender to deliver the same bytes to the same
 *     address
 * @param body the first digits of the body's SHA-256, to find it in logs
 */
record Fingerprint(String delivery, String body) {
  private static final int SHORT_LENGTH = 12;

  static Fingerprint of(String source, SignedRequest request) {
    MessageDigest digest = sha256();
    byte[] body = digest.digest(request.body());
    digest.update((source + "\0" + request.url() + "\0").getBytes(UTF_8));
    return new Fingerprint(hex(digest.digest(body)), hex(body).substring(0, SHORT_LENGTH));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
