package io.millrace.model;

import java.util.HexFormat;

/**
 * Text that sorts the same as a string and as the bytes of a store's key: printable ASCII only,
 * numbers in fixed width.
 */
public final class SortableText {
  private static final char ESCAPE = '%';
  private static final HexFormat HEX = HexFormat.of();

  private SortableText() {}

  /** Any number, negative ones included, as 16 hexadecimal digits in ascending order. */
  public static String of(long number) {
    return HEX.toHexDigits(number ^ Long.MIN_VALUE);
  }

  /** The number at the start of a text made by {@link #of(long)}. */
  public static long numberIn(String text) {
    return Long.parseUnsignedLong(text, 0, 16, 16) ^ Long.MIN_VALUE;
  }

  /** The text with everything but printable ASCII escaped; different texts stay different. */
  public static String escaped(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isPlain(character)) {
        escaped.append(character);
      } else {
        escaped.append(String.format("%%%04x", (int) character));
      }
    }
    return escaped.toString();
  }

  /** The text that was escaped. */
  public static String unescaped(String escaped) {
    if (escaped.indexOf(ESCAPE) < 0) {
      return escaped;
    }
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      if (escaped.charAt(i) == ESCAPE) {
        text.append((char) Integer.parseInt(escaped, i + 1, i + 5, 16));
        i += 4;
      } else {
        text.append(escaped.charAt(i));
      }
    }
    return text.toString();
  }

  /** A loop and not a stream, because it runs for every key of every store. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int character) {
    return character > ' ' && character < 0x7f && character != ESCAPE;
  }
}
