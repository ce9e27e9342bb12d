package io.millrace.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Optional<String> trouble = Optional.empty();
  private final Console console =
      new Console(
          new ConsoleSettings("127.0.0.1", 0, Optional.empty()),
          registry,
          Map.of("log", () -> trouble, "flow", ReadinessCheck.of(() -> true, "never")),
          Optional.empty(),
          Optional.empty());

  @BeforeEach
  void start() {
    console.start();
  }

  @AfterEach
  void stop() {
    console.close();
    client.close();
  }

  @Test
  void tellsMetricsInPrometheusFormat() throws Exception {
    registry.counter("millrace.deliveries", "source", "forms").increment();

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("millrace_deliveries_total{source=\"forms\"} 1.0")
        .contains("jvm_memory_used_bytes", "process_uptime_seconds", "system_cpu_count");
  }

  @Test
  void isReadyOnceEveryCheckIsWell() throws Exception {
    HttpResponse<String> answer = get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"ready\",\"checks\":{\"flow\":\"ready\",\"log\":\"ready\"}}");
  }

  @Test
  void saysWhichCheckIsNotWell() throws Exception {
    trouble = Optional.of("Kafka is away");

    HttpResponse<String> answer = get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"log\":\"Kafka is away\"", "\"flow\":\"ready\"");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhatThereIs() throws Exception {
    assertThat(get("/").body()).contains("/metrics", "/health/ready");
  }

  @Test
  void saysWhichPortIsTaken() {
    Console second =
        new Console(
            new ConsoleSettings("127.0.0.1", console.port(), Optional.empty()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Map.of(),
            Optional.empty(),
            Optional.empty());

    assertThatThrownBy(second::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + console.port());
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + console.port() + path);
    return client.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
