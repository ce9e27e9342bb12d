package io.millrace.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.EdgeFixture;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that a provider requires instead of the usual one. */
class EdgeAnswersTest {
  @TempDir private Path directory;

  @Test
  void answersDiscordsPingAndItsEventsWithoutContent() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] spki = keys.getPublic().getEncoded();
    String secret =
        HexFormat.of().formatHex(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    try (EdgeFixture edge = fixture("discord", secret)) {
      String ping = "{\"version\":1,\"application_id\":\"1\",\"type\":0}";
      String event =
          "{\"version\":1,\"application_id\":\"1\",\"type\":1,\"event\":{\"type\":\"ENTITLEMENT_CREATE\"}}";

      HttpResponse<String> pinged = edge.send(signed(edge, ping, ping, keys));
      assertEmpty(pinged);
      assertThat(edge.log.appended()).isEmpty();

      assertEmpty(edge.send(signed(edge, event, event, keys)));
      assertThat(edge.log.appended()).hasSize(1);

      // Discord checks that a wrong signature is refused, and removes the address if it is not.
      assertThat(edge.send(signed(edge, ping, ping + " ", keys)).statusCode()).isEqualTo(401);
      assertThat(edge.log.appended()).hasSize(1);
    }
  }

  @Test
  void repeatsMixpanelsActionAndNothingElse() {
    try (EdgeFixture edge = fixture("mixpanel", "user:pass-word-of-some-length")) {
      for (String action : new String[] {"members", "add_members", "remove_members"}) {
        HttpResponse<String> answer = edge.send(synced(edge, '"' + action + '"'));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body())
            .isEqualTo("{\"action\": \"" + action + "\", \"status\": \"success\"}");
      }
      assertThat(edge.send(synced(edge, "\"x\\\", \\\"y\\\": \\\"\"")).body())
          .isEqualTo("{\"action\": \"x\\\", \\\"y\\\": \\\"\", \"status\": \"success\"}");
      assertThat(edge.send(synced(edge, "[1]")).body())
          .isEqualTo("{\"action\": \"\", \"status\": \"success\"}");
    }
  }

  private EdgeFixture fixture(String provider, String secret) {
    return new EdgeFixture(
        directory, EdgeFixture.PATIENT, Map.of("tested", "provider: " + provider), secret);
  }

  private static void assertEmpty(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isPresent();
  }

  private static HttpRequest.Builder synced(EdgeFixture edge, String action) {
    String user =
        Base64.getEncoder().encodeToString("user:pass-word-of-some-length".getBytes(UTF_8));
    return edge.request("/in/tested")
        .header("Authorization", "Basic " + user)
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"action\": " + action + ", \"parameters\": {\"members\": []}}"));
  }

  private static HttpRequest.Builder signed(
      EdgeFixture edge, String signedBody, String sentBody, KeyPair keys) throws Exception {
    String time = Long.toString(EdgeFixture.NOW.getEpochSecond());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update((time + signedBody).getBytes(UTF_8));
    return edge.request("/in/tested")
        .headers(
            "X-Signature-Ed25519",
            HexFormat.of().formatHex(signature.sign()),
            "X-Signature-Timestamp",
            time)
        .POST(HttpRequest.BodyPublishers.ofString(sentBody));
  }
}
