package io.millrace.verify.diagnosis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Undoes a common change to a body in transit. */
enum BodyVariation {
  WITHOUT_NEWLINE(
      "the body ends in a line break that the sender did not sign; keep the bytes as received"),
  WITH_NEWLINE("the sender signed a line feed at the end that the body no longer has"),
  WITH_LINE_BREAK("the sender signed CR LF at the end that the body no longer has"),
  UNIX_LINES("the sender signed LF line breaks, and the body has CR LF"),
  WINDOWS_LINES("the sender signed CR LF line breaks, and the body has LF"),
  WITHOUT_MARK("the body begins with a byte order mark that the sender did not sign"),
  COMPACT("the body was reformatted after it was signed; keep the bytes as received");

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String hint;

  BodyVariation(String hint) {
    this.hint = hint;
  }

  String hint() {
    return hint;
  }

  /** Returns the body as it may have been signed; empty if it is the same. */
  Optional<byte[]> of(byte[] body) {
    // One character per byte, so every body is preserved.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String varied =
        switch (this) {
          case WITHOUT_NEWLINE -> text.replaceFirst("[\r\n]+\\z", "");
          case WITH_NEWLINE -> text + "\n";
          case WITH_LINE_BREAK -> text + "\r\n";
          case UNIX_LINES -> text.replace("\r\n", "\n");
          case WINDOWS_LINES -> text.replace("\r\n", "\n").replace("\n", "\r\n");
          case WITHOUT_MARK -> startsWithMark(body) ? text.substring(MARK.length) : text;
          case COMPACT -> compact(text);
        };
    return varied.equals(text)
        ? Optional.empty()
        : Optional.of(varied.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean startsWithMark(byte[] body) {
    return body.length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length);
  }

  /** Removes the white space between JSON tokens. */
  private static String compact(String json) {
    ByteArrayOutputStream compact = new ByteArrayOutputStream(json.length());
    boolean inText = false;
    boolean escaped = false;
    for (int index = 0; index < json.length(); index++) {
      char letter = json.charAt(index);
      if (inText || " \t\r\n".indexOf(letter) < 0) {
        compact.write(letter);
      }
      if (letter == '"' && !escaped) {
        inText = !inText;
      }
      escaped = inText && letter == '\\' && !escaped;
    }
    return compact.toString(StandardCharsets.ISO_8859_1);
  }
}
