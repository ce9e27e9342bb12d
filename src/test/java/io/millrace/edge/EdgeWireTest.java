package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a socket can do. */
final class EdgeWireTest {
  @TempDir private Path directory;
  private EdgeFixture fixture;

  @BeforeEach
  void start() {
    fixture = new EdgeFixture(directory, EdgeFixture.PATIENT);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void refusesADeclaredSizeWithoutReadingTheBody() throws IOException {
    String answer =
        RawHttp.exchange(
            fixture.port(),
            "POST /in/forms HTTP/1.1\r\nHost: edge\r\nContent-Length: 99999999999\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 413")
        .containsIgnoringCase("Connection: close")
        .contains("BODY_TOO_LARGE");
  }

  @Test
  void refusesAnEndlessBodyOnceItIsTooLarge() throws IOException {
    try (RawHttp http = new RawHttp(fixture.port())) {
      http.send("POST /in/forms HTTP/1.1\r\nHost: edge\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
      for (int sent = 0; sent <= 4; sent++) {
        http.send(chunk);
      }

      assertThat(http.readToEnd()).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
    }
  }

  @Test
  void takesChunkedBodies() throws IOException {
    String signature = EdgeFixture.hmac("{\"a\":1}".getBytes(ISO_8859_1));

    String answer =
        RawHttp.exchange(
            fixture.port(),
            "POST /in/forms HTTP/1.1\r\n"
                + "Host: edge\r\n"
                + "Connection: close\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "X-Webhook-Signature: sha256=%s\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"
                    .formatted(signature));

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(fixture.log.appended().getFirst().getBody().array())
        .isEqualTo("{\"a\":1}".getBytes(ISO_8859_1));
  }

  @Test
  void invitesABodyThatWaitsToBeAskedFor() throws IOException {
    try (RawHttp http = new RawHttp(fixture.port())) {
      http.send(genuine("HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 2\r\n"));
      assertThat(http.readAnswer()).startsWith("HTTP/1.1 100");

      http.send("{}");

      assertThat(http.readAnswer()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void doesNotInviteABodyThatIsTooLarge() throws IOException {
    String answer =
        RawHttp.exchange(
            fixture.port(),
            genuine("HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 9999999\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void speaksHttp10() throws IOException {
    String answer =
        RawHttp.exchange(fixture.port(), genuine("HTTP/1.0", "Content-Length: 2\r\n") + "{}");

    assertThat(answer).contains(" 200 OK").contains("delivery_id");
  }

  @Test
  void refusesTwoContentLengths() throws IOException {
    String answer =
        RawHttp.exchange(
            fixture.port(),
            genuine("HTTP/1.1", "Content-Length: 2\r\nContent-Length: 4\r\n") + "{}{}");

    assertMalformed(answer, 400);
  }

  @Test
  void refusesABodyThatBreaksOff() throws IOException {
    String answer =
        RawHttp.exchange(fixture.port(), genuine("HTTP/1.1", "Content-Length: 20\r\n") + "{}");

    assertMalformed(answer, 400);
  }

  @Test
  void givesASilentSenderUp() throws IOException {
    try (EdgeFixture impatient = new EdgeFixture(directory, EdgeFixture.IMPATIENT);
        RawHttp http = new RawHttp(impatient.port())) {
      http.send(genuine("HTTP/1.1", "Content-Length: 20\r\n") + "{}");

      assertMalformed(http.readToEnd(), 400);
    }
  }

  @Test
  void givesASlowSenderUp() throws IOException {
    try (EdgeFixture impatient = new EdgeFixture(directory, EdgeFixture.IMPATIENT);
        RawHttp http = new RawHttp(impatient.port())) {
      http.send(genuine("HTTP/1.1", "Content-Length: 2000\r\n"));
      Thread.ofVirtual().start(() -> drip(http));

      assertMalformed(http.readToEnd(), 400);
    }
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws IOException {
    String large = "X-Large: " + "x".repeat(17 * 1024) + "\r\n";

    assertMalformed(RawHttp.exchange(fixture.port(), genuine("HTTP/1.1", large)), 431);
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    assertMalformed(RawHttp.exchange(fixture.port(), "\u0016\u0003\u0001 hello\r\n\r\n"), 400);
    assertMalformed(RawHttp.exchange(fixture.port(), "POST /in/forms HTTP/9.9\r\n\r\n"), 400);
  }

  private static String genuine(String version, String headers) {
    return "POST /in/forms %s\r\nHost: edge\r\nX-Webhook-Signature: sha256=%s\r\n%s\r\n"
        .formatted(version, EdgeFixture.hmac("{}".getBytes(ISO_8859_1)), headers);
  }

  /** A byte every tenth of a second, until the server has had enough. */
  private static void drip(RawHttp http) {
    try {
      while (true) {
        http.send("x");
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertMalformed(String answer, int status) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("application/problem+json")
        .contains("\"reason\":\"MALFORMED\"");
  }
}
