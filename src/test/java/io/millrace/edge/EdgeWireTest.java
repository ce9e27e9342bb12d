package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void givesASenderUpWhoseHeadersNeverEnd() throws IOException {
    try (EdgeFixture impatient = new EdgeFixture(directory, EdgeFixture.IMPATIENT);
        RawHttp http = new RawHttp(impatient.port())) {
      http.send("POST /in/forms HTTP/1.1\r\nHost: edge\r\nX-Long: ");
      Thread.ofVirtual().start(() -> drip(http));

      await().until(http::isReset);
    }
  }

  /** It would keep its place for as long as a connection may be idle. */
  @Test
  void doesNotWaitForASenderThatDoesNotCloseItsSide() throws IOException {
    try (RawHttp http = new RawHttp(fixture.port())) {
      http.send("GET /nope HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n\r\n");
      assertThat(http.readAnswer()).startsWith("HTTP/1.1 404");

      await()
          .untilAsserted(
              () ->
                  assertThat(fixture.registry.scrape()).contains("millrace_edge_connections 0.0"));
    }
  }

  @Test
  void keepsABusyConnectionForLongerThanOneRequestMayTake() throws IOException {
    try (EdgeFixture impatient = new EdgeFixture(directory, EdgeFixture.IMPATIENT);
        RawHttp http = new RawHttp(impatient.port())) {
      long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < until) {
        http.send(genuine("HTTP/1.1", "Content-Length: 2\r\n") + "{}");
        assertThat(http.readAnswer()).startsWith("HTTP/1.1 200");
      }
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

  @Test
  void refusesVeryManyHeadersAtOnce() throws IOException {
    assertMalformed(
        RawHttp.exchange(fixture.port(), genuine("HTTP/1.1", "a: b\r\n".repeat(100_000))), 431);
    assertMalformed(
        RawHttp.exchange(fixture.port(), genuine("HTTP/1.1", "a: b\r\n".repeat(300))), 431);
  }

  @Test
  void refusesALengthBesideChunks() throws IOException {
    String both = "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n";

    assertMalformed(
        RawHttp.exchange(fixture.port(), genuine("HTTP/1.1", both) + "2\r\n{}\r\n0\r\n\r\n"), 400);
    assertThat(fixture.log.appended()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
      })
  void decodesNoTransferCodingButChunks(String headers) throws IOException {
    String answer =
        RawHttp.exchange(fixture.port(), genuine("HTTP/1.1", headers) + "2\r\n{}\r\n0\r\n\r\n");

    assertMalformed(answer, 501);
    assertThat(answer).contains("Connection: close");
    assertThat(fixture.log.appended()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
        "Content-Length: +2\r\n",
        "Content-Length: 0x2\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 2, 4\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Content-Length : 2\r\n",
        " Content-Length: 2\r\n",
        "Host: other\r\nContent-Length: 2\r\n",
        "X-Folded: a\r\n b\r\nContent-Length: 2\r\n",
        "X-Nul: a\0b\r\nContent-Length: 2\r\n"
      })
  void refusesFramingThatOthersCouldReadOtherwise(String headers) throws IOException {
    String answer = RawHttp.exchange(fixture.port(), genuine("HTTP/1.1", headers) + "{}");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|501) .*");
    assertThat(fixture.log.appended()).isEmpty();
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws IOException {
    String request = genuine("HTTP/1.1", "Content-Length: 2\r\n") + "{}";
    String forged = request.replace("sha256=", "sha256=00");
    try (RawHttp http = new RawHttp(fixture.port())) {
      http.send(request + forged + request);

      assertThat(http.readAnswer()).startsWith("HTTP/1.1 200");
      assertThat(http.readAnswer()).startsWith("HTTP/1.1 401");
      assertThat(http.readAnswer()).startsWith("HTTP/1.1 200");
    }
    assertThat(fixture.log.appended()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/in/../in/forms",
        "/in/billing/../forms",
        "/in/./forms",
        "/in//forms",
        "//in/forms",
        "/in/forms;x=y",
        "/in;x/forms",
        "/in/%66orms",
        "/in/..%2fforms",
        "/in/forms%2f",
        "/%69n/forms",
        "/in/%2e%2e/in/forms",
        "/in/billing/%2E./forms",
        "/in/forms%00",
        "/in/forms/..;/billing",
        "/in/forms/a//b",
        "/in\\forms",
        "/in/forms/a%2fb",
        "/in/billing%2f..%2fforms",
        "/in/forms#x",
        "http://edge/in/../in/forms",
        "http://edge//in/forms"
      })
  void takesNoDetourToASource(String target) throws IOException {
    String answer =
        RawHttp.exchange(
            fixture.port(),
            genuine("HTTP/1.1", "Connection: close\r\nContent-Length: 2\r\n")
                    .replace("/in/forms", target)
                + "{}");

    assertThat(answer).as(answer).matches("(?s)HTTP/1.1 40[04] .*");
    assertThat(fixture.log.appended()).isEmpty();
  }

  @Test
  void takesATargetInAbsoluteForm() throws IOException {
    String request = genuine("HTTP/1.1", "Connection: close\r\nContent-Length: 2\r\n") + "{}";

    String same = RawHttp.exchange(fixture.port(), request.replace("/in", "http://edge/in"));
    String other = RawHttp.exchange(fixture.port(), request.replace("/in", "http://other/in"));

    assertThat(same).startsWith("HTTP/1.1 200");
    assertThat(fixture.log.appended().getFirst().getUrl()).isEqualTo("http://edge/in/forms");
    assertMalformed(other, 400);
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
