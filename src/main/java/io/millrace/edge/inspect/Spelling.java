package io.millrace.edge.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * One way to read what is written at a position of a text: as it is, or as an escape of a URL, of
 * JSON or of XML, or as the bytes of a character in UTF-8.
 *
 * @param character the code point
 * @param length how many characters of the text it takes
 */
record Spelling(int character, int length) {
  private static final int ASCII = 0x80;
  private static final int LONGEST_UTF8 = 4;
  private static final int LONGEST_NUMBER = 8;
  private static final int UNICODE_ESCAPE = 6;
  private static final int PERCENT_ESCAPE = 3;

  private static final Map<String, Character> SHORT_ESCAPES =
      Map.ofEntries(
          Map.entry("+", ' '),
          Map.entry("\\/", '/'),
          Map.entry("\\\"", '"'),
          Map.entry("\\\\", '\\'),
          Map.entry("\\n", '\n'),
          Map.entry("\\r", '\r'),
          Map.entry("\\t", '\t'),
          Map.entry("&amp;", '&'),
          Map.entry("&lt;", '<'),
          Map.entry("&gt;", '>'),
          Map.entry("&quot;", '"'),
          Map.entry("&apos;", '\''));

  /** All readings of what begins at a position; none at the end of the text. */
  static List<Spelling> at(String text, int at) {
    List<Spelling> found = new ArrayList<>(2);
    if (at >= text.length()) {
      return found;
    }
    int plain = text.codePointAt(at);
    found.add(new Spelling(plain, Character.charCount(plain)));
    switch (text.charAt(at)) {
      case '%' -> utf8(index -> percent(text, at, index), PERCENT_ESCAPE).ifPresent(found::add);
      case '\\' -> unicode(text, at).ifPresent(found::add);
      case '&' -> numbered(text, at).ifPresent(found::add);
      default -> {
        if (plain >= ASCII) {
          utf8(index -> octet(text, at + index), 1).ifPresent(found::add);
        }
      }
    }
    if ("+\\&".indexOf(text.charAt(at)) >= 0) {
      SHORT_ESCAPES.forEach(
          (written, character) -> {
            if (text.startsWith(written, at)) {
              found.add(new Spelling(character, written.length()));
            }
          });
    }
    return found;
  }

  /** Whether a text ends here, or in the middle of an escape or character that begins here. */
  static boolean isCutOff(String text, int at) {
    int left = text.length() - at;
    if (left == 0) {
      return true;
    }
    return switch (text.charAt(at)) {
      case '%' -> left < LONGEST_UTF8 * PERCENT_ESCAPE && isPercentCutOff(text.substring(at));
      case '\\' ->
          left < 2 * UNICODE_ESCAPE
              && text.substring(at)
                  .matches("\\\\(u[0-9A-Fa-f]{0,3}|u[dD][89abAB][0-9A-Fa-f]{2}(\\\\(u.{0,3})?)?)?");
      case '&' ->
          left <= LONGEST_NUMBER + PERCENT_ESCAPE
              && (text.substring(at).matches("&(#([0-9]*|[xX][0-9A-Fa-f]*))?")
                  || SHORT_ESCAPES.keySet().stream()
                      .anyMatch(escape -> escape.startsWith(text.substring(at))));
      default -> isUtf8CutOff(text, at, left);
    };
  }

  private static boolean isPercentCutOff(String rest) {
    return rest.matches("%[0-9A-Fa-f]?")
        || (rest.matches("%[c-fC-F][0-9A-Fa-f](%[89abAB][0-9A-Fa-f])*(%[89abAB]?)?")
            && utf8(index -> percent(rest, 0, index), PERCENT_ESCAPE).isEmpty());
  }

  private static boolean isUtf8CutOff(String text, int at, int left) {
    int first = octet(text, at);
    return first >= ASCII && left < utf8Length(first);
  }

  /**
   * Reads a character of one to four bytes.
   *
   * @param octets the byte at an index, or a negative number
   * @param width how many characters of the text each byte takes
   */
  private static Optional<Spelling> utf8(IntUnaryOperator octets, int width) {
    int first = octets.applyAsInt(0);
    if (first < 0) {
      return Optional.empty();
    }
    int length = utf8Length(first);
    if (length == 1) {
      return first < ASCII ? Optional.of(new Spelling(first, width)) : Optional.empty();
    }
    int character = first & (0xff >> (length + 1));
    for (int index = 1; index < length; index++) {
      int next = octets.applyAsInt(index);
      if (next < 0 || (next & 0xc0) != 0x80) {
        return Optional.empty();
      }
      character = (character << 6) | (next & 0x3f);
    }
    return Optional.of(new Spelling(character, length * width));
  }

  private static int utf8Length(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return 1;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : LONGEST_UTF8;
  }

  private static int octet(String text, int at) {
    return at < text.length() && text.charAt(at) <= 0xff ? text.charAt(at) : -1;
  }

  private static int percent(String text, int at, int index) {
    int start = at + index * PERCENT_ESCAPE;
    return start < text.length() && text.charAt(start) == '%' ? hex(text, start + 1, 2) : -1;
  }

  /** Reads {@code \}{@code uXXXX}, or two of them for a character beyond the first 65,536. */
  private static Optional<Spelling> unicode(String text, int at) {
    int first = unit(text, at);
    if (first < 0) {
      return Optional.empty();
    }
    int second = unit(text, at + UNICODE_ESCAPE);
    return second >= 0 && Character.isSurrogatePair((char) first, (char) second)
        ? Optional.of(
            new Spelling(Character.toCodePoint((char) first, (char) second), 2 * UNICODE_ESCAPE))
        : Optional.of(new Spelling(first, UNICODE_ESCAPE));
  }

  private static int unit(String text, int at) {
    return text.regionMatches(true, at, "\\u", 0, 2) ? hex(text, at + 2, 4) : -1;
  }

  private static int hex(String text, int at, int digits) {
    if (at + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int index = at; index < at + digits; index++) {
      int digit = Character.digit(text.charAt(index), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  /** Reads a numbered character of XML, decimal or hexadecimal. */
  private static Optional<Spelling> numbered(String text, int at) {
    boolean isHex = text.regionMatches(true, at, "&#x", 0, 3);
    int start = at + (isHex ? 3 : 2);
    int end = start;
    long value = 0;
    while (end < text.length() && end < start + LONGEST_NUMBER) {
      int digit = Character.digit(text.charAt(end), isHex ? 16 : 10);
      if (digit < 0) {
        break;
      }
      value = value * (isHex ? 16 : 10) + digit;
      end++;
    }
    boolean whole =
        text.startsWith("&#", at)
            && end > start
            && text.startsWith(";", end)
            && value <= Character.MAX_CODE_POINT;
    return whole ? Optional.of(new Spelling((int) value, end + 1 - at)) : Optional.empty();
  }
}
