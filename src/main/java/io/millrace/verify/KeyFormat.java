package io.millrace.verify;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How the text of a secret becomes the bytes of a key. Always set per provider: secrets that look
 * alike are read differently ({@code whsec_...} is text for Stripe and base64 for Svix).
 *
 * @param prefix removed from the beginning of the text if present
 * @param labelled whether the text is {@code LABEL|KEY}: what is in front of the first bar is not
 *     part of the key, but may be part of the signed text
 */
public record KeyFormat(Kind kind, Optional<String> prefix, boolean labelled) {
  private static final char END_OF_LABEL = '|';

  /** A format without a label. */
  public KeyFormat(Kind kind, Optional<String> prefix) {
    this(kind, prefix, false);
  }

  /** The encoding of the text. */
  public enum Kind {
    /** The text is the key. */
    UTF8,
    BASE64,
    HEX,
    /** A public key (SPKI) in base64, with or without BEGIN and END lines. */
    PEM,
    /** The public key of an X.509 certificate in PEM, pinned: no chain and no dates are checked. */
    CERTIFICATE
  }

  /** The label of a secret; empty if this format has none. */
  String label(String value) {
    return labelled ? value.substring(0, Math.max(0, value.indexOf(END_OF_LABEL))) : "";
  }

  byte[] decode(String value) throws InvalidSecretException {
    if (value.isBlank()) {
      throw new InvalidSecretException("it is blank");
    }
    if (value.indexOf('\0') >= 0) {
      throw new InvalidSecretException("it contains a NUL character");
    }
    String text = withoutLabel(value);
    byte[] key =
        bytes(prefix.filter(text::startsWith).map(p -> text.substring(p.length())).orElse(text));
    if (key.length == 0) {
      throw new InvalidSecretException("it decodes to an empty key");
    }
    return key;
  }

  private String withoutLabel(String value) throws InvalidSecretException {
    if (!labelled) {
      return value;
    }
    int end = value.indexOf(END_OF_LABEL);
    if (end < 1 || end == value.length() - 1) {
      throw new InvalidSecretException("it does not have the form LABEL|KEY");
    }
    return value.substring(end + 1);
  }

  private byte[] bytes(String text) throws InvalidSecretException {
    try {
      return switch (kind) {
        case UTF8 -> text.getBytes(StandardCharsets.UTF_8);
        case BASE64 -> Base64.getDecoder().decode(text);
        case HEX -> HexFormat.of().parseHex(text);
        case PEM ->
            Base64.getMimeDecoder().decode(text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", ""));
        case CERTIFICATE ->
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(text.strip().getBytes(StandardCharsets.US_ASCII)))
                .getPublicKey()
                .getEncoded();
      };
    } catch (IllegalArgumentException | CertificateException undecodable) {
      throw new InvalidSecretException("it is not " + kind.name().toLowerCase(Locale.ROOT));
    }
  }
}
