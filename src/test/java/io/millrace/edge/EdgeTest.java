package io.millrace.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.wire.EdgeSettings;
import io.millrace.event.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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
  void answersOnlyOnceTheLogHasTheDelivery() {
    fixture.log.hold();
    var answer = fixture.sendLater(fixture.form("{}"));
    await().until(() -> fixture.log.appended().size() == 1);
    assertThat(answer).isNotDone();

    fixture.log.releaseAll();

    assertThat(answer.join().statusCode()).isEqualTo(200);
    String id = json(answer.join()).path("delivery_id").asText();
    assertThat(id).isEqualTo(fixture.log.appended().getFirst().getDeliveryId());
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
  }

  @Test
  void storesTheRequestAsItCame() {
    byte[] body = {0, (byte) 0xff, '{', '\n', (byte) 0xc3, '}', '\r', '\n'};

    fixture.send(fixture.form(body).header("X-Note", "one").header("X-Note", "two, three"));

    Delivery delivery = fixture.log.appended().getFirst();
    assertThat(delivery.getBody().array()).isEqualTo(body);
    assertThat(delivery.getSource()).isEqualTo("forms");
    assertThat(delivery.getMethod()).isEqualTo("POST");
    assertThat(delivery.getReceivedAt()).isEqualTo(EdgeFixture.NOW);
    assertThat(delivery.getHeaders()).containsEntry("x-note", List.of("one", "two, three"));
    assertThat(delivery.getRemoteAddress()).isEqualTo("127.0.0.1");
    assertThat(delivery.getAssurance()).isEqualTo("BODY_SIGNED");
    assertThat(delivery.getSecret()).contains("env:SECRET");
    assertThat(delivery.getUrl()).isEqualTo("http://127.0.0.1:" + fixture.port() + "/in/forms");
  }

  @Test
  void asksToComeAgainWhenTheLogFailsAndKnowsTheDeliveryThen() {
    fixture.log.fail(true);
    HttpResponse<String> failed = fixture.send(fixture.form("{\"a\":1}"));
    fixture.log.fail(false);

    HttpResponse<String> retried = fixture.send(fixture.form("{\"a\":1}"));

    assertProblem(failed, 503, "LOG_UNAVAILABLE");
    assertThat(failed.headers().firstValue("Retry-After")).contains("5");
    assertThat(json(retried).path("delivery_id")).isEqualTo(json(failed).path("delivery_id"));
    assertThat(fixture.send(fixture.form("{\"a\":1}")).body()).isNotEqualTo(retried.body());
  }

  @Test
  void asksToComeAgainWhenTheLogTakesTooLong() {
    try (EdgeFixture impatient = new EdgeFixture(directory, EdgeFixture.IMPATIENT)) {
      impatient.log.hold();

      assertProblem(impatient.send(impatient.form("{}")), 503, "LOG_UNAVAILABLE");
    }
  }

  @Test
  void knowsTheDeliveryAgainWhenItsSenderMayNotHaveHeardTheAnswer() {
    fixture.log.hold();
    var slow = fixture.sendLater(fixture.form("{}"));
    await().pollDelay(Duration.ofMillis(1200)).until(() -> fixture.log.appended().size() == 1);
    fixture.log.releaseAll();
    String answer = slow.join().body();

    HttpResponse<String> retried = fixture.send(fixture.form("{}"));

    assertThat(retried.body()).isEqualTo(answer);
  }

  @Test
  void knowsTheDeliveryAgainWhileItsFirstAttemptIsStillUnderWay() {
    fixture.log.hold();
    var first = fixture.sendLater(fixture.form("{}"));
    await().pollDelay(Duration.ofMillis(1200)).until(() -> fixture.log.appended().size() == 1);
    var retried = fixture.sendLater(fixture.form("{}"));
    await().until(() -> fixture.log.appended().size() == 2);
    fixture.log.releaseAll();

    assertThat(retried.join().body()).isEqualTo(first.join().body());
    assertThat(fixture.log.appended().get(1)).isEqualTo(fixture.log.appended().get(0));
  }

  @Test
  void callsAnAllowedAddressAProofOfNothingButTheNetwork() {
    HttpRequest.Builder request =
        fixture.request("/in/network").POST(HttpRequest.BodyPublishers.ofString("{}"));

    assertThat(fixture.send(request).statusCode()).isEqualTo(200);

    assertThat(fixture.log.appended().getFirst().getAssurance()).isEqualTo("NETWORK");
  }

  @Test
  void tellsNothingAboutUnknownSources() {
    HttpResponse<String> answer =
        fixture.send(fixture.request("/in/other").POST(HttpRequest.BodyPublishers.ofString("x")));

    assertProblem(answer, 404, "UNKNOWN_SOURCE");
    assertThat(answer.body()).doesNotContain("forms", "billing", "other");
  }

  @Test
  void answersOtherPathsAsProblems() {
    assertProblem(fixture.send(fixture.request("/")), 404, "UNKNOWN_SOURCE");
    assertProblem(fixture.send(fixture.request("/in/forms/a/b")), 404, "UNKNOWN_SOURCE");
  }

  @Test
  void refusesWhatTheSenderDidNotSign() {
    HttpRequest.Builder forged =
        fixture.form("{}").POST(HttpRequest.BodyPublishers.ofString("{ }"));

    assertProblem(fixture.send(forged), 401, "BAD_SIGNATURE");
    assertThat(fixture.log.appended()).isEmpty();
  }

  @Test
  void refusesAMissingSignature() {
    HttpRequest.Builder bare =
        fixture.request("/in/forms").POST(HttpRequest.BodyPublishers.ofString("{}"));

    assertProblem(fixture.send(bare), 401, "MISSING_SIGNATURE");
  }

  @Test
  void refusesAStaleSignature() {
    HttpResponse<String> answer =
        fixture.send(fixture.bill("{}", EdgeFixture.NOW.minusSeconds(301)));

    assertProblem(answer, 401, "STALE");
    assertThat(fixture.send(fixture.bill("{}", EdgeFixture.NOW)).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAddressesThatAreNotAllowed() {
    HttpRequest.Builder signed = fixture.form("{}");
    HttpRequest.Builder fenced =
        fixture
            .request("/in/fenced")
            .headers("X-Webhook-Signature", header(signed), "X-Forwarded-For", "192.0.2.1")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    HttpRequest.Builder local =
        fixture
            .request("/in/local")
            .header("X-Webhook-Signature", header(signed))
            .POST(HttpRequest.BodyPublishers.ofString("{}"));

    assertProblem(fixture.send(fenced), 403, "ADDRESS_NOT_ALLOWED");
    assertThat(fixture.send(local).statusCode()).isEqualTo(200);
  }

  @Test
  void takesOnlyPostWhereNobodyShakesHands() {
    HttpResponse<String> get = fixture.send(fixture.request("/in/forms"));
    HttpResponse<String> put =
        fixture.send(fixture.request("/in/forms").PUT(HttpRequest.BodyPublishers.ofString("{}")));

    assertProblem(get, 405, "METHOD_NOT_ALLOWED");
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    assertProblem(put, 405, "METHOD_NOT_ALLOWED");
    assertThat(put.headers().firstValue("Allow"))
        .hasValueSatisfying(methods -> assertThat(methods).contains("POST"));
  }

  @Test
  void shakesHandsByGetAndHead() {
    HttpRequest.Builder head = fixture.request("/in/mails/any").HEAD();

    assertThat(fixture.send(fixture.request("/in/mails/any")).statusCode()).isEqualTo(200);
    assertThat(fixture.send(head).statusCode()).isEqualTo(200);
    assertThat(fixture.log.appended()).isEmpty();
  }

  @Test
  void echoesASignedChallengeAndStoresNothing() {
    String body = "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1a\"}";

    HttpResponse<String> answer = fixture.send(chat(body, body));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("3eZbrw1a");
    assertThat(fixture.log.appended()).isEmpty();
    assertProblem(fixture.send(chat(body, body + " ")), 401, "BAD_SIGNATURE");
  }

  @Test
  void blotsCredentialsOutBeforeStoring() {
    HttpRequest.Builder keys =
        fixture
            .request("/in/keys")
            .headers("X-API-Key", EdgeFixture.SECRET, "Cookie", "session=" + EdgeFixture.SECRET)
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    HttpRequest.Builder links =
        fixture
            .request("/in/links/" + EdgeFixture.SECRET + "?a=b")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));

    assertThat(fixture.send(keys).statusCode()).isEqualTo(200);
    assertThat(fixture.send(links).statusCode()).isEqualTo(200);

    assertThat(fixture.log.appended().toString()).doesNotContain(EdgeFixture.SECRET);
    assertThat(fixture.log.appended().getFirst().getHeaders())
        .containsEntry("x-api-key", List.of("***"))
        .containsEntry("cookie", List.of("***"));
    assertThat(fixture.log.appended().getLast().getUrl()).endsWith("/in/links/***?a=b");
  }

  @Test
  void judgesByTheConfiguredAddressWithTheQueryAsReceived() {
    HttpRequest.Builder request =
        fixture
            .request("/in/public?x=%2F&y")
            .header("X-Webhook-Signature", header(fixture.form("{}")))
            .POST(HttpRequest.BodyPublishers.ofString("{}"));

    assertThat(fixture.send(request).statusCode()).isEqualTo(200);

    assertThat(fixture.log.appended().getFirst().getUrl())
        .isEqualTo("https://hooks.example.com/in/public?x=%2F&y");
  }

  @Test
  void refusesEncodedBodies() {
    assertProblem(
        fixture.send(fixture.form("{}").header("Content-Encoding", "gzip")),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    assertThat(fixture.send(fixture.form("{}").header("Content-Encoding", "identity")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void acceptsABodyAsLargeAsTheLimitAndNoLarger() {
    byte[] largest = new byte[EdgeFixture.PATIENT.maxBodyBytes()];

    assertThat(fixture.send(fixture.form(largest)).statusCode()).isEqualTo(200);
    assertProblem(fixture.send(fixture.form(new byte[largest.length + 1])), 413, "BODY_TOO_LARGE");
  }

  @Test
  void isReadyWhileTheLogIs() {
    assertThat(fixture.send(fixture.request("/health/ready")).statusCode()).isEqualTo(200);

    fixture.log.ready(false);

    assertProblem(fixture.send(fixture.request("/health/ready")), 503, "LOG_UNAVAILABLE");
    assertThat(fixture.send(fixture.request("/health/live")).statusCode()).isEqualTo(200);
  }

  @Test
  void answersWhatIsInFlightAndRefusesTheRestBeforeItStops() throws Exception {
    fixture.log.hold();
    var inFlight = fixture.sendLater(fixture.form("{}"));
    await().until(() -> fixture.log.appended().size() == 1);

    Thread closing = Thread.ofVirtual().start(fixture.edge::close);
    await()
        .untilAsserted(
            () ->
                assertProblem(
                    fixture.send(fixture.request("/health/ready")), 503, "SHUTTING_DOWN"));
    HttpResponse<String> tooLate = fixture.send(fixture.form("{ }"));
    fixture.log.releaseAll();
    closing.join();

    assertThat(inFlight.join().statusCode()).isEqualTo(200);
    assertProblem(tooLate, 503, "SHUTTING_DOWN");
    assertThat(tooLate.headers().firstValue("Retry-After")).isPresent();
    assertThat(fixture.log.appended()).hasSize(1);
    assertThatThrownBy(() -> fixture.send(fixture.form("{}")))
        .rootCause()
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysWhichPortIsTaken() {
    EdgeSettings taken =
        EdgeFixture.settings(Map.of("edge.port", Integer.toString(fixture.port())));

    assertThatThrownBy(() -> new EdgeFixture(directory, taken).close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + fixture.port())
        .hasMessageContaining("choose another");
  }

  @Test
  void countsWhatItAnswered() {
    fixture.send(fixture.form("{}"));
    fixture.send(fixture.request("/in/nobody-1").POST(HttpRequest.BodyPublishers.noBody()));
    fixture.send(fixture.request("/in/forms").POST(HttpRequest.BodyPublishers.noBody()));

    assertThat(fixture.registry.scrape())
        .contains(
            "millrace_deliveries_total{provider=\"generic-hmac\",result=\"accepted\",source=\"forms\"}"
                + " 1.0",
            "millrace_deliveries_total{provider=\"unknown\",result=\"refused\",source=\"unknown\"}"
                + " 1.0",
            "millrace_verification_total{reason=\"OK\",source=\"forms\"} 1.0",
            "millrace_verification_total{reason=\"MISSING_SIGNATURE\",source=\"forms\"} 1.0",
            "millrace_edge_latency_seconds_bucket{outcome=\"accepted\",source=\"forms\",le=",
            "millrace_delivery_bytes_count{source=\"forms\"} 2")
        .doesNotContain("nobody");
  }

  private HttpRequest.Builder chat(String signedBody, String sentBody) {
    long time = EdgeFixture.NOW.getEpochSecond();
    String signed = "v0:" + time + ":" + signedBody;
    return fixture
        .request("/in/chat")
        .headers(
            "X-Slack-Request-Timestamp",
            Long.toString(time),
            "X-Slack-Signature",
            "v0=" + EdgeFixture.hmac(signed.getBytes(UTF_8)))
        .POST(HttpRequest.BodyPublishers.ofString(sentBody));
  }

  private static String header(HttpRequest.Builder request) {
    return request.build().headers().firstValue("X-Webhook-Signature").orElseThrow();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).path("status").asInt()).isEqualTo(status);
    assertThat(json(answer).path("reason").asText()).isEqualTo(reason);
    assertThat(json(answer).path("title").asText()).isNotBlank();
    assertThat(json(answer).path("detail").asText())
        .isNotBlank()
        .doesNotContain(EdgeFixture.SECRET);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException notJson) {
      throw new AssertionError("Not JSON: " + answer.body(), notJson);
    }
  }
}
