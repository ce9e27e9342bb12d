package io.millrace.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces personal data: equal values by equal ones within one capture, so that related values
 * stay related, and by different ones in every other capture. Without the key, it cannot be
 * reversed.
 */
final class Pseudonyms {
  private static final String VOWELS = "aeiou";
  private static final String CONSONANTS = "bcdfghjklmnpqrstvwxyz";

  private final SecretKeySpec key;

  /**
   * @param key random, never stored
   */
  Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /**
   * Makes an address in a reserved domain (RFC 2606), so no test ever sends a message to a person.
   * Addresses of one domain stay in one domain.
   */
  String email(String email) {
    int at = Math.max(email.lastIndexOf('@'), 0);
    return "p" + hex("email", email) + "@" + "d" + hex("domain", email.substring(at)) + ".example";
  }

  /** Replaces digits only; the result does not depend on how the number is formatted. */
  String phone(String phone) {
    String digits = phone.replaceAll("\\P{Nd}", "");
    String other = shaped("phone", digits, digits);
    StringBuilder replaced = new StringBuilder(phone);
    int next = 0;
    for (int index = 0; index < phone.length(); index++) {
      if (Character.isDigit(phone.charAt(index))) {
        replaced.setCharAt(index, other.charAt(next));
        next++;
      }
    }
    return replaced.toString();
  }

  /** Replaces word by word: a first name alone becomes the same as within the full name. */
  String words(String text) {
    StringBuilder replaced = new StringBuilder();
    int start = 0;
    for (int end = 0; end <= text.length(); end++) {
      if (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))) {
        String word = text.substring(start, end);
        replaced.append(shaped("word", word, word));
        if (end < text.length()) {
          replaced.append(text.charAt(end));
        }
        start = end + 1;
      }
    }
    return replaced.toString();
  }

  /** Replaces letters and digits only. */
  String shaped(String text) {
    return shaped("shape", text, text);
  }

  /** Makes an address of a private network (RFC 1918), or one for documentation (RFC 3849). */
  String ip(String address) {
    byte[] hash = hash("ip", address);
    if (address.indexOf(':') < 0) {
      return "10." + (hash[0] & 0xff) + "." + (hash[1] & 0xff) + "." + (hash[2] & 0xff);
    }
    String hex = HexFormat.of().formatHex(hash, 0, 8);
    return "2001:db8::%s:%s:%s:%s"
        .formatted(
            hex.substring(0, 4), hex.substring(4, 8), hex.substring(8, 12), hex.substring(12));
  }

  /**
   * Replaces digits by digits, vowels by vowels and other letters by other letters. A leading zero
   * stays and no new one is made, so a number keeps its length.
   *
   * @param identity values with the same identity get the same replacement
   */
  private String shaped(String kind, String identity, String text) {
    byte[] hash = hash(kind, identity);
    StringBuilder shaped = new StringBuilder();
    int used = 0;
    int block = 0;
    boolean first = true;
    for (int index = 0; index < text.length(); index++) {
      char letter = text.charAt(index);
      if (!Character.isLetterOrDigit(letter)) {
        shaped.append(letter);
        continue;
      }
      if (used == hash.length) {
        block++;
        used = 0;
        hash = hash(kind + block, identity);
      }
      shaped.append(replacement(letter, hash[used] & 0xff, first));
      used++;
      first = false;
    }
    return shaped.toString();
  }

  private static char replacement(char letter, int chance, boolean first) {
    if (Character.isDigit(letter)) {
      return digit(letter, chance, first);
    }
    String letters = VOWELS.indexOf(Character.toLowerCase(letter)) >= 0 ? VOWELS : CONSONANTS;
    char other = letters.charAt(chance % letters.length());
    return Character.isUpperCase(letter) ? Character.toUpperCase(other) : other;
  }

  private static char digit(char digit, int chance, boolean first) {
    if (!first) {
      return (char) ('0' + chance % 10);
    }
    return digit == '0' ? '0' : (char) ('1' + chance % 9);
  }

  private String hex(String kind, String identity) {
    return HexFormat.of().formatHex(hash(kind, identity), 0, 6);
  }

  /** Ignores case and surrounding space. */
  private byte[] hash(String kind, String identity) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal((kind + "\0" + identity.strip().toLowerCase(Locale.ROOT)).getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", impossible);
    }
  }
}
