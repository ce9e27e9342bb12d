package io.millrace.edge.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.wire.EdgeSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of a request after it was answered. */
final class InspectionTest {
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
  void showsAnAcceptedDelivery() {
    fixture.send(fixture.form("{\"a\": 1}").header("X-Note", "hello"));

    InspectedDelivery seen = last();
    assertThat(seen.summary().result()).isEqualTo(InspectedDelivery.Result.VERIFIED);
    assertThat(seen.summary().status()).isEqualTo(200);
    assertThat(seen.summary().source()).isEqualTo("forms");
    assertThat(seen.summary().receivedAt()).isEqualTo(EdgeFixture.NOW);
    assertThat(seen.summary().remoteAddress()).isEqualTo("127.0.0.1");
    assertThat(seen.summary().deliveryId())
        .contains(fixture.log.appended().getFirst().getDeliveryId());
    assertThat(seen.summary().verdict().assurance()).contains("BODY_SIGNED");
    assertThat(seen.summary().verdict().secret()).contains("env:SECRET");
    assertThat(seen.summary().truncated()).isFalse();
    assertThat(seen.content().get().headers()).containsEntry("x-note", List.of("hello"));
    assertThat(body(seen)).isEqualTo("{\"a\": 1}");
    assertThat(fixture.edge.inspector().find(seen.summary().deliveryId().orElseThrow()))
        .map(InspectedDelivery::id)
        .contains(seen.id());
  }

  @Test
  void showsWhatWasRefusedAndWhy() {
    fixture.send(
        fixture
            .request("/in/forms")
            .header("X-Webhook-Signature", "sha256=" + "0".repeat(64))
            .POST(BodyPublishers.ofString("forged")));

    InspectedDelivery seen = last();
    assertThat(seen.summary().result()).isEqualTo(InspectedDelivery.Result.REFUSED);
    assertThat(seen.summary().status()).isEqualTo(401);
    assertThat(seen.summary().verdict().reason()).contains("BAD_SIGNATURE");
    assertThat(seen.summary().verdict().explanation()).isNotEmpty();
    assertThat(body(seen)).isEqualTo("forged");
  }

  @Test
  void showsWhatWasRefusedBeforeItsBodyWasRead() {
    fixture.send(fixture.request("/in/fenced").POST(BodyPublishers.ofString("from afar")));

    InspectedDelivery seen = last();
    assertThat(seen.summary().verdict().reason()).contains("ADDRESS_NOT_ALLOWED");
    assertThat(seen.summary().truncated()).isTrue();
    assertThat(seen.summary().bodyBytes()).isZero();
    assertThat(seen.content().get().headers()).containsEntry("content-length", List.of("9"));
  }

  @Test
  void showsAsMuchAsWasReadOfABodyThatIsTooLarge() {
    byte[] large = new byte[200 * 1024];
    fixture.send(
        fixture
            .request("/in/forms")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));

    InspectedDelivery seen = last();
    assertThat(seen.summary().verdict().reason()).contains("BODY_TOO_LARGE");
    assertThat(seen.summary().truncated()).isTrue();
    assertThat(seen.summary().bodyBytes()).isBetween(64 * 1024, 200 * 1024);
  }

  @Test
  void showsRequestsToSourcesThatAreNotConnected() {
    fixture.send(
        fixture.request("/in/nobody/a-token?x=1").POST(BodyPublishers.ofString("who is there")));

    InspectedDelivery seen = last();
    assertThat(seen.summary().source()).isEqualTo(Inspector.UNKNOWN_SOURCE);
    assertThat(seen.summary().verdict().reason()).contains("UNKNOWN_SOURCE");
    assertThat(seen.content().get().url()).endsWith("/in/nobody/***?x=1");
  }

  @Test
  void masksUrlParametersNamedAsCredentials() {
    fixture.send(
        fixture.request("/in/forms?token=one&api_key=two&n=3").POST(BodyPublishers.ofString("{}")));

    assertThat(last().url().get()).endsWith("/in/forms?token=***&api_key=***&n=3");
    assertThat(last().content().get().url()).isEqualTo(last().url().get());
  }

  @Test
  void masksASecretThatIsCutOffWithTheBody() {
    EdgeSettings small =
        EdgeFixture.settings(
            Map.of("edge.inspector.deliveries", "5", "edge.inspector.bytes", "16000"));
    fixture.close();
    fixture = new EdgeFixture(directory, small);
    String half = EdgeFixture.SECRET.substring(0, EdgeFixture.SECRET.length() / 2);

    fixture.send(fixture.form("x".repeat(2000 - half.length()) + EdgeFixture.SECRET));

    assertThat(last().summary().truncated()).isTrue();
    assertThat(body(last())).endsWith("x***").doesNotContain(half);
  }

  @Test
  void showsAGenuineDeliveryThatTheLogDidNotTake() {
    fixture.log.fail(true);
    fixture.send(fixture.form("{}"));

    InspectedDelivery seen = last();
    assertThat(seen.summary().result()).isEqualTo(InspectedDelivery.Result.REFUSED);
    assertThat(seen.summary().verdict().reason()).contains("LOG_UNAVAILABLE");
    assertThat(seen.summary().verdict().assurance()).contains("BODY_SIGNED");
    assertThat(seen.summary().deliveryId()).isPresent();
  }

  @Test
  void showsHandshakes() {
    fixture.send(fixture.request("/in/mails/" + EdgeFixture.SECRET).GET());

    InspectedDelivery seen = last();
    assertThat(seen.summary().result()).isEqualTo(InspectedDelivery.Result.HANDSHAKE);
    assertThat(seen.summary().method()).isEqualTo("GET");
    assertThat(seen.content().get().url()).endsWith("/in/mails/***");
  }

  @Test
  void keepsOfALargeBodyOnlyTheBeginning() {
    EdgeSettings small =
        EdgeFixture.settings(
            Map.of("edge.inspector.deliveries", "5", "edge.inspector.bytes", "16000"));
    fixture.close();
    fixture = new EdgeFixture(directory, small);

    fixture.send(fixture.form("x".repeat(50_000)));

    assertThat(last().summary().truncated()).isTrue();
    assertThat(last().summary().bodyBytes()).isEqualTo(50_000);
    assertThat(body(last())).hasSize(2000);
  }

  /** Every place a sender, honest or not, can put the secret at. */
  @Test
  void showsNoSecretWhereverItIsSent() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String secret = EdgeFixture.SECRET;
    String wrong = "not-the-secret-at-all";
    List<String> sources =
        List.of("forms", "billing", "keys", "links", "mails", "network", "nobody", "fenced");
    for (int round = 0; round < 60; round++) {
      String source = sources.get(random.nextInt(sources.size()));
      String path = random.nextBoolean() ? "/" + secret : random.nextBoolean() ? "/" + wrong : "";
      String query = random.nextBoolean() ? "?key=" + secret + "&n=1" : "";
      String body =
          "{\"%s\": \"%s\", \"text\": \"a%sb\"}".formatted(secret, secret, secret.repeat(2));
      HttpRequest.Builder request =
          fixture
              .request("/in/" + source + path + query)
              .header("X-API-Key", random.nextBoolean() ? secret : wrong)
              .header("Authorization", "Bearer " + wrong)
              .header("X-Hook-Secret", wrong)
              .header("X-Note", "see " + secret)
              .header("X-Webhook-Signature", "sha256=" + EdgeFixture.hmac(body.getBytes(UTF_8)))
              .POST(BodyPublishers.ofString(body));
      fixture.send(request);
    }

    assertThat(fixture.edge.inspector().newestFirst())
        .as("seed %d", seed)
        .hasSize(60)
        .allSatisfy(
            seen ->
                assertThat(seen + " " + seen.content().get() + body(seen))
                    .doesNotContain(secret, wrong));
  }

  private InspectedDelivery last() {
    return fixture.edge.inspector().newestFirst().findFirst().orElseThrow();
  }

  private static String body(InspectedDelivery seen) {
    return new String(seen.content().get().body(), UTF_8);
  }
}
