package io.millrace.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.event.Delivery;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a delivery has to prove, and what the event then says it proved. */
final class EdgeProofTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "posts",
          "provider: mailgun\nsecrets: [{ref: env:SECRET}]",
          "signups",
          "provider: typeform\nsecrets: [{ref: env:SECRET}]",
          "code",
          "provider: github\nsecrets: [{ref: env:SECRET}]",
          "ended",
          "provider: generic-hmac\n"
              + "secrets: [{ref: env:SECRET, notAfter: 2026-03-01T12:00:00Z}]",
          "strict",
          "provider: generic-hmac\nrequireAssurance: BODY_SIGNED\nsecrets: [{ref: env:SECRET}]\n");

  @TempDir private Path directory;
  private EdgeFixture fixture;

  @BeforeEach
  void start() throws IOException {
    for (Map.Entry<String, String> source : SOURCES.entrySet()) {
      Files.writeString(
          directory.resolve(source.getKey() + ".yaml"),
          "source: " + source.getKey() + "\n" + source.getValue() + "\n");
    }
    fixture = new EdgeFixture(directory, EdgeFixture.PATIENT);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void refusesASignedTokenWithAnotherBodyAndStoresARetry() {
    assertThat(fixture.send(post("t1", EdgeFixture.NOW, "genuine")).statusCode()).isEqualTo(200);
    assertThat(fixture.send(post("t1", EdgeFixture.NOW, "genuine")).statusCode()).isEqualTo(200);

    assertRefused(fixture.send(post("t1", EdgeFixture.NOW, "forged")), 401, "REPLAYED");

    assertThat(fixture.log.appended()).hasSize(2);
    assertThat(fixture.registry.get("millrace.edge.replays").tag("outcome", "refused").counter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
  }

  @Test
  void aDeliveryTheLogDidNotTakeLeavesItsTokenFree() {
    fixture.log.fail(true);
    assertRefused(fixture.send(post("t1", EdgeFixture.NOW, "genuine")), 503, "LOG_UNAVAILABLE");
    fixture.log.fail(false);

    assertThat(fixture.send(post("t1", EdgeFixture.NOW, "genuine")).statusCode()).isEqualTo(200);
    assertRefused(fixture.send(post("t1", EdgeFixture.NOW, "forged")), 401, "REPLAYED");
  }

  @Test
  void refusesASignedTimeThatIsFurtherAwayThanRepeatsAreKnown() {
    Instant old = EdgeFixture.NOW.minus(Duration.ofDays(3)).minusSeconds(1);

    assertRefused(fixture.send(post("t1", old, "genuine")), 401, "STALE");
  }

  @Test
  void asksToComeAgainWhileNoSecretIsActive() {
    HttpResponse<String> answer = fixture.send(signed("/in/ended", "{}"));

    assertRefused(answer, 503, "NO_SECRET");
    assertThat(answer.headers().firstValue("Retry-After")).contains("60");
  }

  @Test
  void takesWhatProvesAsMuchAsItsSourceRequires() {
    assertThat(fixture.send(signed("/in/strict", "{}")).statusCode()).isEqualTo(200);
    assertThat(fixture.send(form("/in/signups", "{}")).statusCode()).isEqualTo(200);
  }

  @Test
  void saysOfEachDeliveryHowMuchItProved() {
    fixture.send(signed("/in/strict", "{}"));
    fixture.send(post("t1", EdgeFixture.NOW, "a"));
    fixture.send(
        fixture
            .request("/in/keys")
            .header("X-API-Key", EdgeFixture.SECRET)
            .POST(HttpRequest.BodyPublishers.ofString("{}")));
    fixture.send(fixture.request("/in/network").POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(fixture.log.appended())
        .extracting(Delivery::getAssurance)
        .containsExactly("BODY_SIGNED", "PARTIAL", "SHARED_SECRET", "NETWORK");
  }

  @Test
  void refusesASignedBodyThatIsToldAgainAsAnotherEvent() {
    assertThat(fixture.send(told("1", "issues")).statusCode()).isEqualTo(200);
    assertThat(fixture.send(told("1", "issues")).statusCode()).isEqualTo(200);

    assertRefused(fixture.send(told("2", "issues")), 401, "REPLAYED");
    assertRefused(fixture.send(told("1", "repository")), 401, "REPLAYED");

    assertThat(fixture.log.appended()).hasSize(2);
  }

  @Test
  void saysOfEachDeliveryWhatNobodySigned() {
    fixture.send(told("1", "issues"));
    fixture.send(post("t1", EdgeFixture.NOW, "a"));
    fixture.send(form("/in/signups", "{}"));

    assertThat(fixture.log.appended())
        .extracting(Delivery::getUnsignedFacts)
        .containsExactly(List.of("id", "type"), List.of("id", "type", "time", "body"), List.of());
  }

  private HttpRequest.Builder told(String id, String type) {
    String body = "{\"action\":\"deleted\"}";
    return fixture
        .request("/in/code")
        .header("X-Hub-Signature-256", "sha256=" + EdgeFixture.hmac(body.getBytes(UTF_8)))
        .header("X-GitHub-Delivery", id)
        .header("X-GitHub-Event", type)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder signed(String path, String body) {
    return fixture
        .request(path)
        .header("X-Webhook-Signature", "sha256=" + EdgeFixture.hmac(body.getBytes(UTF_8)))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder form(String path, String body) {
    byte[] signature = HexFormat.of().parseHex(EdgeFixture.hmac(body.getBytes(UTF_8)));
    return fixture
        .request(path)
        .header("Typeform-Signature", "sha256=" + Base64.getEncoder().encodeToString(signature))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder post(String token, Instant time, String event) {
    String signature = EdgeFixture.hmac((time.getEpochSecond() + token).getBytes(UTF_8));
    return fixture
        .request("/in/posts")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                ("{\"signature\":{\"timestamp\":\"%d\",\"token\":\"%s\",\"signature\":\"%s\"},"
                        + "\"event-data\":{\"id\":\"%s\"}}")
                    .formatted(time.getEpochSecond(), token, signature, event)));
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String reason) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"");
  }
}
