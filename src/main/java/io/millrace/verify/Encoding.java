package io.millrace.verify;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The text encoding of a signature. Only the canonical spelling decodes (no stray bits at the end
 * of base64, no mixed case in hex), so no signature has two spellings.
 */
public enum Encoding {
  HEX,
  BASE64,
  BASE64URL;

  Optional<byte[]> decode(String text) {
    try {
      byte[] bytes =
          switch (this) {
            case HEX -> HexFormat.of().parseHex(text);
            case BASE64 -> Base64.getDecoder().decode(text);
            case BASE64URL -> Base64.getUrlDecoder().decode(text);
          };
      return bytes.length > 0 && isCanonical(text, bytes) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException undecodable) {
      return Optional.empty();
    }
  }

  /** Encodes canonically: hex in lower case, base64url without padding. */
  String encode(byte[] bytes) {
    return switch (this) {
      case HEX -> HexFormat.of().formatHex(bytes);
      case BASE64 -> Base64.getEncoder().encodeToString(bytes);
      case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    };
  }

  private boolean isCanonical(String text, byte[] bytes) {
    return switch (this) {
      case HEX ->
          text.equals(text.toLowerCase(Locale.ROOT)) || text.equals(text.toUpperCase(Locale.ROOT));
      case BASE64, BASE64URL -> text.equals(encode(bytes));
    };
  }
}
