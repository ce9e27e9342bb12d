package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.config.Config;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeProcessTest {
  @TempDir private Path directory;
  private final ClosableLog log = new ClosableLog();

  @BeforeEach
  void connectASource() throws Exception {
    Files.writeString(directory.resolve("secret"), "a-secret-for-tests");
    Files.writeString(
        directory.resolve("forms.yaml"),
        "source: forms\nprovider: generic-hmac\nsecrets: [{ref: file:secret}]\n");
  }

  @Test
  void answersDeliveriesAndClosesTheLogLast() throws Exception {
    try (EdgeProcess process = start(0, log);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(process.sources()).isEqualTo(1);
      assertThat(get(client, process.port(), "/in/forms").statusCode()).isEqualTo(405);
      assertThat(get(client, process.port(), "/health/ready").statusCode()).isEqualTo(200);
      assertThat(process.readiness().trouble()).isEmpty();
      assertThat(log.closed).isFalse();
    }

    assertThat(log.closed).isTrue();
  }

  @Test
  void namesEveryFaultOfTheSources() throws Exception {
    Files.writeString(directory.resolve("other.yaml"), "source: other\nprovider: nobody\n");

    assertThatThrownBy(() -> start(0, log))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("nobody")
        .extracting(failure -> ((CommandException) failure).exitCode())
        .isEqualTo(Exit.USAGE);
  }

  @Test
  void closesWhatItStartedWhenAPortIsTaken() throws Exception {
    try (EdgeProcess first = start(0, new ClosableLog())) {
      assertThatThrownBy(() -> start(first.port(), log))
          .isInstanceOf(CommandException.class)
          .hasMessageStartingWith("The edge cannot listen on 127.0.0.1:" + first.port())
          .extracting(failure -> ((CommandException) failure).exitCode())
          .isEqualTo(Exit.UNREACHABLE);
    }

    assertThat(log.closed).isTrue();
  }

  @Test
  void acknowledgesFromTheSpoolWhileTheLogIsAway() throws Exception {
    Path spool = directory.resolve("spool");
    try (EdgeProcess process = start(0, log)) {
      assertThat(process.readiness().trouble()).isEmpty();
      assertThat(spool).doesNotExist();
    }
    connectASpooledSource();
    log.away = true;
    try (EdgeProcess process = start(0, log);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(post(client, process.port()).statusCode()).isEqualTo(200);
      assertThat(process.readiness().trouble()).isEmpty();
      assertThatThrownBy(() -> start(0, new ClosableLog()))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("in use by another edge")
          .extracting(failure -> ((CommandException) failure).exitCode())
          .isEqualTo(Exit.UNREACHABLE);
    }

    assertThat(log.appended).isEmpty();
    assertThat(log.closed).isTrue();
  }

  @Test
  void drainsASpoolThatNoSourceAsksForAnyMore() throws Exception {
    connectASpooledSource();
    log.away = true;
    try (EdgeProcess process = start(0, log);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(post(client, process.port()).statusCode()).isEqualTo(200);
    }
    Files.delete(directory.resolve("forms.yaml"));
    ClosableLog back = new ClosableLog();

    try (EdgeProcess process = start(0, back)) {
      assertThat(process.sources()).isZero();
      await().untilAsserted(() -> assertThat(back.appended).hasSize(1));
    }
  }

  private void connectASpooledSource() throws Exception {
    Files.writeString(
        directory.resolve("forms.yaml"),
        "source: forms\nprovider: api-key\nspool: true\nsecrets: [{ref: file:secret}]\n");
  }

  @Test
  void saysWhatIsWrongWithItsCertificate() {
    assertThatThrownBy(() -> start(withTls(), log))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("edge.tls.certificate: the file")
        .extracting(failure -> ((CommandException) failure).exitCode())
        .isEqualTo(Exit.USAGE);
    assertThat(log.closed).isTrue();
  }

  private Config withTls() throws Exception {
    return Config.load(
        directory,
        Optional.empty(),
        Map.of(),
        Map.of(
            "sources.directory", directory.toString(),
            "edge.port", "0",
            "edge.tls.certificate", directory.resolve("tls.crt").toString(),
            "edge.tls.key", directory.resolve("tls.key").toString()));
  }

  private EdgeProcess start(int port, DeliveryLog into) throws Exception {
    return start(config(port), into);
  }

  private static EdgeProcess start(Config settings, DeliveryLog into) {
    return EdgeProcess.start(
        settings,
        name -> Optional.empty(),
        (config, meters, spreads) -> into,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  private Config config(int port) throws Exception {
    return Config.load(
        directory,
        Optional.empty(),
        Map.of(),
        Map.of(
            "sources.directory", directory.toString(),
            "edge.port", Integer.toString(port),
            "edge.spool.directory", directory.resolve("spool").toString(),
            "console.port", "0"));
  }

  private static HttpResponse<String> get(HttpClient client, int port, String path)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(HttpClient client, int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/in/forms"))
            .header("X-API-Key", "a-secret-for-tests")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static final class ClosableLog implements DeliveryLog, AutoCloseable {
    private final List<Delivery> appended = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile boolean away;

    @Override
    public CompletionStage<Void> append(Delivery delivery) {
      appended.add(delivery);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isReady() {
      return !closed && !away;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
