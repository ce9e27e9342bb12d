package io.millrace.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.verify.SignedRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Recognises what was seen before, without keeping it. */
final class Fingerprint {
  private static final int SHORT_LENGTH = 12;

  private Fingerprint() {}

  /** The same for every attempt of a sender to deliver the same bytes to the same address. */
  static String of(String source, SignedRequest request) {
    MessageDigest digest = sha256();
    digest.update((source + "\0" + request.url() + "\0").getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest(request.body()));
  }

  /** Enough of a body's SHA-256 to find it by. */
  static String ofBody(byte[] body) {
    return HexFormat.of().formatHex(sha256().digest(body)).substring(0, SHORT_LENGTH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
