package io.millrace.verify;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A fingerprint of what a sender signed, to recognise it later.
 *
 * @param fingerprint 32 hexadecimal digits, the same for the same text; reveals neither the text
 *     nor a signature
 * @param unlimitedTime when it was signed, if the scheme signs the time but does not limit its age
 */
public record SignedText(String fingerprint, Optional<Instant> unlimitedTime) {
  private static final int BYTES = 16;

  static SignedText of(byte[] content, Optional<Instant> unlimitedTime) {
    return new SignedText(fingerprint(content), unlimitedTime);
  }

  /** Makes the fingerprint of any content. */
  public static String fingerprint(byte[] content) {
    return HexFormat.of().formatHex(Hash.SHA256.of(content), 0, BYTES);
  }
}
