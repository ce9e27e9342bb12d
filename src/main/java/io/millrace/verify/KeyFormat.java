package io.millrace.verify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How the text of a secret becomes the bytes of a key. Always set per provider: secrets that look
 * alike are read differently ({@code whsec_...} is text for Stripe and base64 for Svix).
 *
 * @param prefix removed from the beginning of the text if present
 */
public record KeyFormat(Kind kind, Optional<String> prefix) {

  /** The encoding of the text. */
  public enum Kind {
    /** The text is the key. */
    UTF8,
    BASE64,
    HEX,
    /** A public key (SPKI) in base64, with or without BEGIN and END lines. */
    PEM
  }

  byte[] decode(String value) throws InvalidSecretException {
    if (value.isBlank()) {
      throw new InvalidSecretException("it is blank");
    }
    if (value.indexOf('\0') >= 0) {
      throw new InvalidSecretException("it contains a NUL character");
    }
    byte[] key =
        bytes(prefix.filter(value::startsWith).map(p -> value.substring(p.length())).orElse(value));
    if (key.length == 0) {
      throw new InvalidSecretException("it decodes to an empty key");
    }
    return key;
  }

  private byte[] bytes(String text) throws InvalidSecretException {
    try {
      return switch (kind) {
        case UTF8 -> text.getBytes(StandardCharsets.UTF_8);
        case BASE64 -> Base64.getDecoder().decode(text);
        case HEX -> HexFormat.of().parseHex(text);
        case PEM ->
            Base64.getMimeDecoder().decode(text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", ""));
      };
    } catch (IllegalArgumentException undecodable) {
      throw new InvalidSecretException("it is not " + kind.name().toLowerCase(Locale.ROOT));
    }
  }
}
