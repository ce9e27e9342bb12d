package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
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
  private static final String BODY =
      "POST /in/forms HTTP/1.1\r\nHost: e\r\nContent-Length: 1000\r\n\r\n{";
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
      slow(BODY);
    }
    await()
        .untilAsserted(
            () -> assertThat(fixture.registry.scrape()).contains("millrace_edge_requests 38.0"));

    assertAnswered("127.0.0.2");
  }

  @Test
  void unfinishedBodiesOfTwoAddressesHoldNobodyUp() throws IOException {
    for (var number = 0; number < SLOW; number++) {
      slow("127.0.0.11", BODY);
      slow("127.0.0.12", BODY);
    }
    await().untilAsserted(() -> assertThat(refused()).isGreaterThan(200));

    assertAnswered("127.0.0.2");
  }

  /** More addresses than there is room for, each with one body that never ends. */
  @Test
  void unfinishedBodiesOfManyAddressesHoldNobodyUp() throws IOException {
    for (var number = 1; number <= SLOW; number++) {
      slow("127.0.1." + number, BODY);
    }
    await().untilAsserted(() -> assertThat(refused()).isGreaterThan(70));

    // As soon as they are slow, which takes a second.
    await().ignoreExceptions().untilAsserted(() -> assertAnswered("127.0.0.2"));
  }

  @Test
  void idleConnectionsHoldNobodyUp() throws IOException {
    for (var number = 0; number < 1100; number++) {
      idle("127.0.0.11");
    }
    assertAnswered("127.0.0.2");
    for (var number = 0; number < 1100; number++) {
      idle("127.0.0.12");
    }
    assertAnswered("127.0.0.2");
    await().ignoreExceptions().untilAsserted(() -> assertAnswered("127.0.0.11"));
  }

  private double refused() {
    return fixture
        .registry
        .find("millrace.edge.refused")
        .tag("reason", "OVERLOADED")
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private void idle(String from) throws IOException {
    open.add(new RawHttp(from(from)));
  }

  private void slow(String beginning) throws IOException {
    slow("127.0.0.1", beginning);
  }

  private void slow(String from, String beginning) throws IOException {
    var http = new RawHttp(from(from));
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
