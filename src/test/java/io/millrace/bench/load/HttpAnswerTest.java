package io.millrace.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
  private static final String ANSWER =
      "HTTP/1.1 202 Accepted\r\nContent-Type: text/plain\r\ncontent-length: 4\r\n\r\ndone";

  @Test
  void isCompleteWithItsLastByteOnly() throws IOException {
    byte[] bytes = ANSWER.getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(HttpAnswer.status(bytes, length)).as("%d bytes", length).isZero();
    }

    assertThat(HttpAnswer.status(bytes, bytes.length)).isEqualTo(202);
  }

  @Test
  void needsNoBody() throws IOException {
    assertThat(status("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(204);
    assertThat(status("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")).isEqualTo(503);
  }

  @Test
  void refusesAnAnswerOfUnknownLength() {
    assertThatThrownBy(() -> status("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no content length");
  }

  private static int status(String answer) throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
    return HttpAnswer.status(bytes, bytes.length);
  }
}
