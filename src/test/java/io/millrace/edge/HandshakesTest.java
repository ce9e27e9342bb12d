package io.millrace.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.EdgeFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandshakesTest {
  private static final String BROUGHT = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7";
  private static final String EVENT = "{\"id\":\"1\",\"type\":\"page.created\"}";

  @TempDir private Path directory;
  private EdgeFixture fixture;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        directory.resolve("pages.yaml"),
        """
        source: pages
        provider: notion
        secrets:
          - {ref: "file:pages.secret", captureUntil: %s}
          - {ref: env:CONNECT, use: handshake}
        """
            .formatted(EdgeFixture.NOW.plusSeconds(60)));
    fixture = new EdgeFixture(directory, EdgeFixture.PATIENT);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void takesNothingForASourceThatStillWaitsForItsSecret() {
    var answer = fixture.send(event("guessed"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("NO_SECRET");
    assertThat(fixture.log.appended()).isEmpty();
  }

  @Test
  void keepsTheFirstSecretAndVerifiesByItAtOnce() {
    var first = fixture.send(bring(BROUGHT));
    var delivery = fixture.send(event(BROUGHT));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(directory.resolve("pages.secret")).hasContent(BROUGHT);
    assertThat(delivery.statusCode()).isEqualTo(200);
    assertThat(fixture.log.appended())
        .singleElement()
        .satisfies(kept -> assertThat(kept.getSecret()).contains("file:pages.secret"));
  }

  /** The secret in the address is what a stranger lacks. */
  @Test
  void believesNoStrangerWhoIsFirst() {
    for (String path : new String[] {"/in/pages", "/in/pages/guessed", "/in/pages/pages"}) {
      var stranger = fixture.send(bring(path, "secret_of_a_stranger_who_was_first"));

      assertThat(stranger.statusCode()).as(path).isEqualTo(401);
      assertThat(stranger.body()).contains("BAD_SIGNATURE").doesNotContain(EdgeFixture.SECRET);
    }
    assertThat(directory.resolve("pages.secret")).doesNotExist();
    assertThat(fixture.send(event("secret_of_a_stranger_who_was_first")).statusCode())
        .isEqualTo(503);

    assertThat(fixture.send(bring(BROUGHT)).statusCode()).isEqualTo(200);
    assertThat(directory.resolve("pages.secret")).hasContent(BROUGHT);
  }

  @Test
  void sendsNothingBackThatCouldBeAPage() {
    for (HttpRequest.Builder request :
        new HttpRequest.Builder[] {
          bring(BROUGHT),
          event(BROUGHT),
          event("wrong"),
          fixture.request("/health/live").GET(),
          fixture.request("/in/nobody").GET(),
          fixture.request("/elsewhere").GET()
        }) {
      assertThat(fixture.send(request).headers().firstValue("X-Content-Type-Options"))
          .contains("nosniff");
    }
  }

  @Test
  void believesNoSecondSecret() {
    fixture.send(bring(BROUGHT));

    var second = fixture.send(bring("secret_of_a_stranger_who_came_late"));
    var again = fixture.send(bring(BROUGHT));

    assertThat(second.statusCode()).isEqualTo(401);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(directory.resolve("pages.secret")).hasContent(BROUGHT);
    assertThat(fixture.send(event("secret_of_a_stranger_who_came_late")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void saysWhenASecretCouldNotBeKept() throws IOException {
    Files.createDirectory(directory.resolve("pages.secret"));

    var answer = fixture.send(bring(BROUGHT));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(fixture.send(event(BROUGHT)).statusCode()).isEqualTo(503);
  }

  @Test
  void countsNoDeliveryForAQuestionThatIsRefused() {
    var answer = fixture.send(fixture.request("/in/forms").GET());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(fixture.registry.find("millrace.deliveries").counters()).isEmpty();
    assertThat(fixture.registry.find("millrace.edge.latency").timers()).isEmpty();
  }

  private HttpRequest.Builder bring(String secret) {
    return bring("/in/pages/" + EdgeFixture.SECRET, secret);
  }

  private HttpRequest.Builder bring(String path, String secret) {
    return fixture
        .request(path)
        .POST(HttpRequest.BodyPublishers.ofString("{\"verification_token\":\"" + secret + "\"}"));
  }

  private HttpRequest.Builder event(String secret) {
    return fixture
        .request("/in/pages")
        .header("X-Notion-Signature", "sha256=" + hmac(secret))
        .POST(HttpRequest.BodyPublishers.ofString(EVENT));
  }

  private static String hmac(String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(EVENT.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
