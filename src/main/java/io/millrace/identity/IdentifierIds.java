package io.millrace.identity;

import io.millrace.event.Identifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes opaque ids of identifiers: the first 130 bits of HMAC-SHA-256 over kind, system and value,
 * as 26 characters of base 32 in lower case. Without the key an id cannot be related to a person by
 * trying e-mail addresses. Whoever changes the key changes every person's id.
 */
public final class IdentifierIds {
  /** Characters of an id. */
  public static final int LENGTH = 26;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BITS = 5;

  private final Mac prepared;

  /**
   * Ids made with a key.
   *
   * @param key at least 16 bytes
   * @throws IllegalArgumentException when the key is shorter
   */
  public IdentifierIds(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("a key for identifiers has at least 16 bytes");
    }
    try {
      prepared = Mac.getInstance(ALGORITHM);
      prepared.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java has no " + ALGORITHM, missing);
    }
  }

  /** An identifier with its id. */
  public Identifier identifier(String kind, String system, String value) {
    return new Identifier(id(kind, system, value), kind, system, value);
  }

  /**
   * The id of an identifier.
   *
   * @param system empty for what is the same everywhere
   * @param value in the form in which it is compared
   */
  public String id(String kind, String system, String value) {
    String text = kind.length() + ":" + kind + system.length() + ":" + system + value;
    return text(copy().doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A Mac is not safe for several threads; a copy costs less than a new one. */
  private Mac copy() {
    try {
      return (Mac) prepared.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(ALGORITHM + " cannot be copied", impossible);
    }
  }

  private static String text(byte[] hash) {
    StringBuilder text = new StringBuilder(LENGTH);
    int held = 0;
    int bits = 0;
    for (int i = 0; text.length() < LENGTH; i++) {
      held = (held << Byte.SIZE) | (hash[i] & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS && text.length() < LENGTH) {
        bits -= BITS;
        text.append(DIGITS.charAt((held >> bits) & 31));
      }
    }
    return text.toString();
  }
}
