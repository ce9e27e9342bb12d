package io.millrace.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HttpLoadTest {
  /** Servers take turns under load, and close what is idle meanwhile. */
  @Test
  void connectsAnewForEachLoad() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", HttpLoadTest::answer);
    server.start();
    int port = server.getAddress().getPort();
    HttpLoad load = new HttpLoad(port, 3, new EdgeRequests("secret", false, 7));
    load.saturate(Duration.ofMillis(50));
    long first = load.accepted();
    server.stop(0);

    HttpServer same = again(port);
    load.saturate(Duration.ofMillis(50));
    same.stop(0);

    assertThat(first).isPositive();
    assertThat(load.accepted()).isGreaterThan(first);
    assertThat(load.refused()).isZero();
  }

  private static HttpServer again(int port) {
    HttpServer server =
        await()
            .ignoreExceptions()
            .until(
                () ->
                    HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0),
                started -> true);
    server.createContext("/", HttpLoadTest::answer);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }
}
