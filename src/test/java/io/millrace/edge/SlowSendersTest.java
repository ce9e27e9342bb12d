package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of senders that never finish, and good ones that are answered all the same. */
final class SlowSendersTest {
  private static final int SLOW = 150;
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path directory;
  private final List<RawHttp> open = new ArrayList<>();
  private EdgeFixture fixture;

  @BeforeEach
  void start() {
    var limits =
        Map.of(
            "edge.requests.limit", "100",
            "edge.connections.limit", "1000",
            "edge.bodies.limit", "1 MB");
    fixture = new EdgeFixture(directory, EdgeFixture.settings(limits));
  }

  @AfterEach
  void stop() throws IOException {
    for (var slow : open) {
      slow.close();
    }
    fixture.close();
  }

  @Test
  void unfinishedHeadersHoldNobodyUp() throws IOException {
    for (var number = 0; number < SLOW; number++) {
      slow("POST /in/forms HTTP/1.1\r\nHost: e\r\nX-Slow: ");
    }

    assertAnswered("127.0.0.1");
  }

  /** There are more of them than requests are answered at a time. */
  @Test
  void unfinishedBodiesHoldNobodyUpElsewhere() throws IOException {
    for (var number = 0; number < SLOW; number++) {
      slow("POST /in/forms HTTP/1.1\r\nHost: e\r\nContent-Length: 1000\r\n\r\n{");
    }
    await()
        .untilAsserted(
            () -> assertThat(fixture.registry.scrape()).contains("millrace_edge_requests 50.0"));

    assertAnswered("127.0.0.2");
  }

  private void slow(String beginning) throws IOException {
    var http = new RawHttp(fixture.port());
    open.add(http);
    http.send(beginning);
  }

  private void assertAnswered(String from) throws IOException {
    var started = System.nanoTime();
    for (var number = 0; number < 20; number++) {
      try (var good = new RawHttp(from(from))) {
        good.send(
            "POST /in/forms HTTP/1.1\r\nHost: e\r\nConnection: close\r\nContent-Length: 2\r\n"
                + "X-Webhook-Signature: sha256=%s\r\n\r\n{}"
                    .formatted(EdgeFixture.hmac("{}".getBytes(ISO_8859_1))));
        assertThat(good.readToEnd()).startsWith("HTTP/1.1 200");
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
  }

  private Socket from(String address) {
    try {
      return new Socket(
          InetAddress.getLoopbackAddress(), fixture.port(), InetAddress.getByName(address), 0);
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    }
  }
}
