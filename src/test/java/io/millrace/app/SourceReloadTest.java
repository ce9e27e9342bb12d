package io.millrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.config.Config;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Changes the files of a running edge, over the wire. */
final class SourceReloadTest {
  @TempDir private Path directory;
  private final KeptLog log = new KeptLog();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Logger logger = (Logger) LoggerFactory.getLogger(SourceWatch.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Predicate<String> spreads = source -> false;
  private EdgeProcess edge;

  @BeforeEach
  void start() throws Exception {
    lines.start();
    logger.addAppender(lines);
    write("old", "the old secret");
    write("forms.yaml", forms("[{ref: file:old}]"));
    edge =
        EdgeProcess.start(
            Config.load(
                directory,
                Optional.empty(),
                Map.of(),
                Map.of(
                    "sources.directory", directory.toString(),
                    "sources.reload.interval", "PT0.05S",
                    "edge.port", "0")),
            name -> Optional.empty(),
            (config, meters, spread) -> {
              spreads = spread;
              return log;
            },
            registry);
  }

  @AfterEach
  void stop() {
    edge.close();
    client.close();
    logger.detachAppender(lines);
  }

  @Test
  void takesUpAChangedSecret() throws Exception {
    assertThat(send("forms", "the new secret", "{}")).isEqualTo(401);

    write("old", "the new secret");

    await().until(() -> send("forms", "the new secret", "{}") == 200);
    assertThat(send("forms", "the old secret", "{}")).isEqualTo(401);
    assertThat(reloads("ok")).isPositive();
    assertThat(registry.get("millrace.edge.sources.last.reload").gauge().value()).isPositive();
  }

  @Test
  void connectsAndDisconnectsSources() throws Exception {
    assertThat(send("other", "the old secret", "{}")).isEqualTo(404);
    write("other.yaml", forms("[{ref: file:old}]").replace("forms", "other"));
    await().until(() -> send("other", "the old secret", "{}") == 200);

    Files.delete(directory.resolve("other.yaml"));

    await().until(() -> send("other", "the old secret", "{}") == 404);
    assertThat(send("forms", "the old secret", "{}")).isEqualTo(200);
  }

  @Test
  void letsASourceSpreadFromTheNextDeliveryOn() throws Exception {
    assertThat(spreads.test("forms")).isFalse();

    write("forms.yaml", forms("[{ref: file:old}]") + "spread: true\n");
    await().until(() -> spreads.test("forms"));
    assertThat(spreads.test("other")).as("is not connected").isFalse();

    write("forms.yaml", forms("[{ref: file:old}]"));
    await().until(() -> !spreads.test("forms"));
  }

  @Test
  void keepsWhatItHasWhenAChangeIsUnsoundAndSaysWhy() throws Exception {
    write("forms.yaml", forms("[{ref: file:gone}]"));

    await().until(() -> reloads("failed") == 1);
    assertThat(send("forms", "the old secret", "{}")).isEqualTo(200);
    assertThat(reloads("ok")).isZero();
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("forms.yaml:3", "the secret file gone cannot be read", "create it");
  }

  @Test
  void aRotationUnderTrafficLosesNothing() throws Exception {
    AtomicBoolean rotated = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    List<Integer> answers = new CopyOnWriteArrayList<>();
    AtomicInteger bodies = new AtomicInteger();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sender = 0; sender < 4; sender++) {
        senders.execute(
            () -> {
              while (!done.get()) {
                String secret = rotated.get() ? "the new secret" : "the old secret";
                answers.add(send("forms", secret, "{\"n\":" + bodies.incrementAndGet() + "}"));
              }
            });
      }
      write("new", "the new secret");
      write("forms.yaml", forms("[{ref: file:old}, {ref: file:new}]"));
      await().until(() -> reloads("ok") == 1);
      rotated.set(true);
      await().until(() -> uses("file:new") > 0);
      // What was signed with the old one and is still on its way has to be taken, too.
      int before = answers.size();
      await().until(() -> answers.size() > before + 20);
      write("forms.yaml", forms("[{ref: file:new}]"));
      await().until(() -> reloads("ok") == 2);
      done.set(true);
    }

    assertThat(answers).isNotEmpty().containsOnly(200);
    assertThat(log.bodies).hasSize(bodies.get()).doesNotHaveDuplicates();
  }

  private int send(String source, String secret, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/in/" + source))
            .header("X-Webhook-Signature", "sha256=" + hmac(secret, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).join().statusCode();
  }

  private static String hmac(String secret, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private double reloads(String result) {
    return registry.get("millrace.edge.sources.reload").tag("result", result).counter().count();
  }

  private double uses(String reference) {
    return registry.find("millrace.edge.secret.uses").tag("secret", reference).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static String forms(String secrets) {
    return "source: forms\nprovider: generic-hmac\nsecrets: %s\n".formatted(secrets);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  /** Takes everything. */
  private static final class KeptLog implements DeliveryLog {
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Void> append(Delivery delivery) {
      bodies.add(UTF_8.decode(delivery.getBody().duplicate()).toString());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }
}
