package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.testing.RawHttp;
import io.millrace.edge.wire.EdgeSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests made to break things are the sender's fault, whatever is in them. */
final class HostileRequestsTest {
  private static final int REQUESTS = 600;

  private static final List<String> METHODS =
      List.of("POST", "POST", "POST", "GET", "HEAD", "PUT", "OPTIONS", "TRACE", "FOO", "post", "");
  private static final List<String> PATHS =
      List.of(
          "/in/forms",
          "/in/billing",
          "/in/chat",
          "/in/keys",
          "/in/mails",
          "/in/links",
          "/in/local",
          "/in/",
          "/in//forms",
          "/in/forms/%zz",
          "/in/%ff",
          "/in/..%2f..",
          "/in/forms;a=b",
          "/in/%00",
          "*",
          "http://[::1/in/forms",
          "/health/ready?x=%",
          "/in/forms/../../x",
          "");
  private static final List<String> HEADERS =
      List.of(
          "X-Webhook-Signature",
          "Stripe-Signature",
          "X-Slack-Signature",
          "X-Slack-Request-Timestamp",
          "X-API-Key",
          "Content-Type",
          "Content-Length",
          "Content-Encoding",
          "Transfer-Encoding",
          "Expect",
          "Host",
          "Cookie",
          "Accept",
          "Authorization",
          "Connection",
          "Upgrade",
          "Range",
          "Accept-Encoding",
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Prefix");
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "sha256=",
          "sha256=zz",
          "t=1,v1=",
          "t=,,=,v1",
          "t=99999999999999999999,v1=00",
          "v0=",
          "-1",
          "1e9",
          "5",
          "gzip",
          "chunked",
          "chunked, chunked",
          "100-continue",
          "a;b=c;d",
          "for=\"[::1",
          "for=unknown;;,",
          "1.2.3.4:99999, [::1]:x,,",
          "//evil",
          "application/json; charset=nope",
          "multipart/form-data",
          "\u00ff\u00fe",
          "\"",
          "=====",
          "application/x-www-form-urlencoded",
          "bytes=0-",
          "websocket",
          "upgrade",
          "*/*;q=x",
          "NaN");
  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[",
          "{\"type\":\"url_verification\"}",
          "%zz=%",
          "\0",
          "a=b&a=c",
          "5\r\nhello\r\n0\r\n\r\n",
          "zz\r\n",
          "[[[[[[[[[[",
          "\u00c3(");

  @TempDir private Path directory;

  @Test
  void neverBreakTheEdge() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int answered = 0;
    try (EdgeFixture fixture = new EdgeFixture(directory, unlimited())) {
      for (int number = 0; number < REQUESTS; number++) {
        byte[] request = request(random);

        String answer = RawHttp.exchange(fixture.port(), request);
        answered += answer.isEmpty() ? 0 : 1;

        assertThat(answer)
            .as("seed %d, request %d: %s", seed, number, new String(request, ISO_8859_1))
            .satisfiesAnyOf(
                text -> assertThat(text).matches("(?s)HTTP/1\\.[01] [1-4]\\d\\d .*"),
                text -> assertThat(text).matches("(?s)HTTP/1.1 50[13] .*"),
                // A connection closed before there was a request needs no answer.
                text -> assertThat(text).isEmpty());
      }
      assertThat(answered).as("seed %d", seed).isGreaterThan(REQUESTS * 9 / 10);
      assertThat(fixture.send(fixture.form("{}")).statusCode()).as("seed %d", seed).isEqualTo(200);
    }
  }

  /** Every request is read in full, and what it says of proxies too. */
  private static EdgeSettings unlimited() {
    return EdgeFixture.settings(
        Map.of(
            "edge.trusted.proxies", "127.0.0.1",
            "edge.connections.limit", "1000",
            "edge.unverified.limit", "1000000/s"));
  }

  private static byte[] request(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder();
    head.append(any(METHODS, random)).append(' ').append(any(PATHS, random)).append(" HTTP/1.");
    head.append(random.nextInt(12) == 0 ? "9" : "1").append("\r\nHost: edge\r\n");
    for (int count = random.nextInt(6); count > 0; count--) {
      head.append(any(HEADERS, random)).append(": ").append(any(VALUES, random)).append("\r\n");
    }
    String body = any(BODIES, random);
    if (random.nextInt(3) > 0) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    bytes.writeBytes(head.append("\r\n").append(body).toString().getBytes(ISO_8859_1));
    byte[] request = bytes.toByteArray();
    if (random.nextInt(4) == 0) {
      request[random.nextInt(request.length)] = (byte) random.nextInt(256);
    }
    return request;
  }

  private static String any(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
