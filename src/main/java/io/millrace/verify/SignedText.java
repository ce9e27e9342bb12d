package io.millrace.verify;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a sender signed, kept so that it is known again.
 *
 * @param fingerprint 32 hexadecimal digits, the same for the same text; it shows neither the text
 *     nor a signature
 * @param unlimitedTime when it was signed, where it says so but the scheme does not limit its age
 */
public record SignedText(String fingerprint, Optional<Instant> unlimitedTime) {
  private static final int BYTES = 16;

  static SignedText of(byte[] content, Optional<Instant> unlimitedTime) {
    return new SignedText(fingerprint(content), unlimitedTime);
  }

  /** Knows any content again. */
  public static String fingerprint(byte[] content) {
    return HexFormat.of().formatHex(Hash.SHA256.of(content), 0, BYTES);
  }
}
