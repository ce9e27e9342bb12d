package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.testing.RawHttp;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeLimitsTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "forms", "provider: generic-hmac\nrateLimit: 2/m",
          "other", "provider: generic-hmac",
          "mails", "provider: mailchimp");

  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: e\r\n\r\n";

  @TempDir private Path directory;

  @Test
  void limitsWhatASourceDelivers() {
    try (var fixture = fixture(Map.of())) {
      assertThat(fixture.send(fixture.form("1")).statusCode()).isEqualTo(200);
      assertThat(fixture.send(fixture.form("2")).statusCode()).isEqualTo(200);

      var refused = fixture.send(fixture.form("3"));

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("RATE_LIMITED", "2/m");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
          .isBetween(1L, 30L);
      assertThat(fixture.registry.scrape())
          .contains("millrace_edge_refused_total{reason=\"RATE_LIMITED\",source=\"forms\"} 1.0");
    }
  }

  @Test
  void doesNotCountForgeriesAgainstTheGenuineSender() {
    try (var fixture = fixture(Map.of())) {
      for (int count = 0; count < 20; count++) {
        assertThat(fixture.send(forged(fixture)).statusCode()).isEqualTo(401);
      }

      assertThat(fixture.send(fixture.form("1")).statusCode()).isEqualTo(200);
      assertThat(fixture.send(fixture.form("2")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void doesNotReadWhatAForgerSendsBeyondTheLimit() throws IOException {
    try (var fixture = fixture(limits(10, 1024 * 1024, "2/m"))) {
      assertThat(fixture.send(forged(fixture)).statusCode()).isEqualTo(401);
      assertThat(fixture.send(forged(fixture)).statusCode()).isEqualTo(401);

      String unread =
          RawHttp.exchange(
              fixture.port(), "POST /in/forms HTTP/1.1\r\nHost: e\r\nContent-Length: 20\r\n\r\n");

      assertThat(unread).startsWith("HTTP/1.1 429").contains("Retry-After:", "RATE_LIMITED");
    }
  }

  @Test
  void doesNotLockOutTheGenuineSenderAtTheForgersAddress() {
    try (var fixture = fixture(limits(10, 1024 * 1024, "2/m"))) {
      assertThat(fixture.send(fixture.form("1")).statusCode()).isEqualTo(200);
      for (int count = 0; count < 5; count++) {
        assertThat(fixture.send(forged(fixture)).statusCode()).isEqualTo(401);
      }

      assertThat(fixture.send(fixture.form("2")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void countsHandshakesThatAnybodyCanAskFor() {
    try (var fixture = fixture(limits(10, 1024 * 1024, "2/m"))) {
      assertThat(fixture.send(fixture.request("/in/mails")).statusCode()).isEqualTo(200);
      assertThat(fixture.send(fixture.request("/in/mails")).statusCode()).isEqualTo(200);
      assertThat(fixture.send(fixture.request("/in/mails")).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void answersOnlySoManyRequestsAtATime() {
    try (var fixture = fixture(limits(2, 1024 * 1024, "100/s"))) {
      fixture.log.hold();
      // One after the other: of bodies on their way one address may have only half the room.
      var first = fixture.sendLater(other(fixture, "1"));
      await().until(() -> fixture.log.appended().size() == 1);
      var second = fixture.sendLater(other(fixture, "2"));
      await().until(() -> fixture.log.appended().size() == 2);

      assertBusy(fixture.send(other(fixture, "3")));
      assertThat(fixture.send(fixture.request("/health/live")).statusCode()).isEqualTo(200);
      fixture.log.releaseAll();

      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(second.join().statusCode()).isEqualTo(200);
      await()
          .untilAsserted(
              () -> assertThat(fixture.registry.scrape()).contains("millrace_edge_requests 0.0"));
      assertThat(fixture.send(other(fixture, "3")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keepsOnlySoManyBytesInMemory() throws IOException {
    try (var fixture = fixture(limits(100, 3000, "100/s"))) {
      fixture.log.hold();
      var first = fixture.sendLater(other(fixture, "x".repeat(2000)));
      await().until(() -> fixture.log.appended().size() == 1);

      assertBusy(fixture.send(other(fixture, "y".repeat(2000))));
      fixture.log.releaseAll();

      assertThat(first.join().statusCode()).isEqualTo(200);
      await()
          .untilAsserted(
              () ->
                  assertThat(fixture.registry.scrape()).contains("millrace_edge_bodies_bytes 0.0"));
      assertThat(fixture.send(other(fixture, "y".repeat(2000))).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void doesNotReserveWhatASenderOnlyPromises() throws IOException {
    try (var fixture = fixture(limits(100, 3000, "100/s"));
        var slow = new RawHttp(fixture.port())) {
      slow.send("POST /in/other HTTP/1.1\r\nHost: e\r\nContent-Length: 2900\r\n\r\nx");
      await()
          .untilAsserted(
              () ->
                  assertThat(fixture.registry.scrape()).contains("millrace_edge_bodies_bytes 1.0"));

      assertThat(fixture.send(other(fixture, "y".repeat(2000))).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keepsOnlySoManyConnectionsOpen() throws IOException {
    try (var fixture = fixture(Map.of("edge.connections.limit", "1"));
        var first = new RawHttp(fixture.port())) {
      first.send(LIVE);
      assertThat(first.readAnswer()).startsWith("HTTP/1.1 200");

      // The newest is refused as long as the other is young, and takes its place later.
      await().until(() -> isAnswered(fixture.port()));

      assertThat(first.isReset()).isTrue();
    }
  }

  private static boolean isAnswered(int port) throws IOException {
    try (var http = new RawHttp(port)) {
      http.send(LIVE);
      return http.readAnswer().startsWith("HTTP/1.1 200");
    } catch (SocketException reset) {
      return false;
    }
  }

  private EdgeFixture fixture(Map<String, String> limits) {
    return new EdgeFixture(directory, EdgeFixture.settings(limits), SOURCES);
  }

  private static Map<String, String> limits(int requests, int bodyBytes, String unverified) {
    return Map.of(
        "edge.requests.limit",
        Integer.toString(requests),
        "edge.connections.limit",
        "1000",
        "edge.bodies.limit",
        Integer.toString(bodyBytes),
        "edge.unverified.limit",
        unverified);
  }

  private static HttpRequest.Builder forged(EdgeFixture fixture) {
    return fixture
        .request("/in/forms")
        .header("X-Webhook-Signature", "sha256=" + "00".repeat(32))
        .POST(HttpRequest.BodyPublishers.ofString("{}"));
  }

  private static HttpRequest.Builder other(EdgeFixture fixture, String body) {
    return fixture
        .request("/in/other")
        .header("X-Webhook-Signature", "sha256=" + EdgeFixture.hmac(body.getBytes(ISO_8859_1)))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static void assertBusy(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("OVERLOADED");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }
}
