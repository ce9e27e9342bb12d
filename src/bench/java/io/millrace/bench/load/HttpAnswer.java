package io.millrace.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Parses just enough of HTTP/1.1 to detect that an answer is complete. */
final class HttpAnswer {
  private static final String LENGTH = "\r\ncontent-length:";

  /** {@code HTTP/1.1 } comes before the status. */
  private static final int STATUS_AT = 9;

  private static final int STATUS_DIGITS = 3;

  private HttpAnswer() {}

  /**
   * The status of a complete answer; 0 while it is incomplete.
   *
   * @param length the number of bytes received
   * @throws IOException when its end cannot be determined
   */
  static int status(byte[] bytes, int length) throws IOException {
    int head = headLength(bytes, length);
    if (head < 0) {
      return 0;
    }
    String text = new String(bytes, 0, head, StandardCharsets.ISO_8859_1);
    int status = Integer.parseInt(text.substring(STATUS_AT, STATUS_AT + STATUS_DIGITS));
    return length >= head + bodyLength(text, status) ? status : 0;
  }

  private static int headLength(byte[] bytes, int length) {
    for (int at = 3; at < length; at++) {
      if (bytes[at] == '\n'
          && bytes[at - 1] == '\r'
          && bytes[at - 2] == '\n'
          && bytes[at - 3] == '\r') {
        return at + 1;
      }
    }
    return -1;
  }

  private static int bodyLength(String head, int status) throws IOException {
    int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      if (status == 204) {
        return 0;
      }
      throw new IOException("the answer has no content length: " + head);
    }
    int begin = at + LENGTH.length();
    return Integer.parseInt(head.substring(begin, head.indexOf('\r', begin)).strip());
  }
}
