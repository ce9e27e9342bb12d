package io.millrace.bench.sample;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Ids in the senders' formats: the same thing always gets the same id. */
final class Ids {
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Ids() {}

  /**
   * An id as text.
   *
   * @param thing what it identifies, unique within all runs
   */
  static String text(String shape, int length, String thing) {
    byte[] digest = digest(thing);
    return switch (shape) {
      case "uuid" -> UUID.nameUUIDFromBytes(digest).toString();
      case "hex" -> HexFormat.of().formatHex(digest).substring(0, length);
      case "key" -> key(digest, length);
      default ->
          throw new IllegalArgumentException(
              "An id must be a uuid, hex, key, digits or number, not " + shape);
    };
  }

  /**
   * A number with the given number of digits, counting up from a start that the run determines;
   * unique within the run.
   *
   * @param length 3 to 18
   */
  static long number(int length, String run, long serial) {
    long least = BigInteger.TEN.pow(length - 1).longValueExact();
    long start = new BigInteger(1, digest(run)).mod(BigInteger.valueOf(8 * least)).longValueExact();
    return least + start + serial;
  }

  private static String key(byte[] digest, int length) {
    StringBuilder key = new StringBuilder(length);
    BigInteger rest = new BigInteger(1, digest);
    BigInteger base = BigInteger.valueOf(LETTERS.length());
    while (key.length() < length) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      key.append(LETTERS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return key.toString();
  }

  private static byte[] digest(String thing) {
    try {
      byte[] bytes = thing.getBytes(StandardCharsets.UTF_8);
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK computes SHA-256", impossible);
    }
  }
}
