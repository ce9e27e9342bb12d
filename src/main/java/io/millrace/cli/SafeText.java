package io.millrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Replaces characters that a terminal interprets, or that hide or reorder others, by escapes such
 * as {@code \}{@code u001b}. JSON stays the same JSON, because within its texts these are the
 * escapes of JSON too.
 */
public final class SafeText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private SafeText() {}

  /** Returns a text of one line: line breaks and tabs are escaped too. */
  public static String line(String text) {
    return of(text, false);
  }

  /** Returns a text that may have several lines. */
  public static String lines(String text) {
    return of(text, true);
  }

  private static String of(String text, boolean isSeveralLines) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int length = Character.charCount(character);
      boolean isBreak = isSeveralLines && isLineBreak(text, at);
      if (isBreak || isHarmless(character)) {
        safe.appendCodePoint(character);
      } else {
        text.substring(at, at + length).chars().forEach(unit -> safe.append(escape(unit)));
      }
      at += length;
    }
    return safe.toString();
  }

  /** A carriage return alone would let the rest of a line cover its beginning. */
  private static boolean isLineBreak(String text, int at) {
    char letter = text.charAt(at);
    return letter == '\n' || letter == '\t' || (letter == '\r' && text.startsWith("\n", at + 1));
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      // Some scripts and many emoji are joined by these two.
      case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static String escape(int unit) {
    return "\\u%04x".formatted(unit);
  }

  /** A writer that makes everything safe, and keeps nothing back. */
  static PrintWriter writer(Writer target) {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] characters, int offset, int length) throws IOException {
            target.write(lines(new String(characters, offset, length)));
          }

          @Override
          public void flush() throws IOException {
            target.flush();
          }

          @Override
          public void close() throws IOException {
            target.close();
          }
        },
        true);
  }
}
