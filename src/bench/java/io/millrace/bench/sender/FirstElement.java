package io.millrace.bench.sender;

import java.util.Arrays;

/** The bytes of the first element of a JSON array, exactly as they are in it. */
final class FirstElement {
  private FirstElement() {}

  /** Returns a body that is not an array unchanged. */
  static byte[] of(byte[] body) {
    int start = skipSpace(body, 0);
    if (start == body.length || body[start] != '[') {
      return body;
    }
    start = skipSpace(body, start + 1);
    int end = end(body, start);
    while (end > start && isSpace(body[end - 1])) {
      end--;
    }
    return Arrays.copyOfRange(body, start, end);
  }

  /** The position of the comma or bracket after the element, whatever its strings contain. */
  private static int end(byte[] body, int start) {
    int depth = 0;
    boolean inString = false;
    for (int at = start; at < body.length; at++) {
      byte letter = body[at];
      if (inString) {
        if (letter == '\\') {
          at++;
        } else if (letter == '"') {
          inString = false;
        }
      } else if (letter == '"') {
        inString = true;
      } else if (letter == '{' || letter == '[') {
        depth++;
      } else if (depth == 0 && (letter == ',' || letter == ']')) {
        return at;
      } else if (letter == '}' || letter == ']') {
        depth--;
      }
    }
    return body.length;
  }

  private static int skipSpace(byte[] body, int from) {
    int at = from;
    while (at < body.length && isSpace(body[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
  }
}
