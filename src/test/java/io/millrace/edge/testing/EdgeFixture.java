package io.millrace.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.config.setting.Settings;
import io.millrace.edge.Edge;
import io.millrace.edge.wire.EdgeSettings;
import io.millrace.provider.Catalogue;
import io.millrace.source.Sources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A running edge with a few sources, and what it takes to talk to it. */
public final class EdgeFixture implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  public static final String SECRET = "correct-horse-battery-staple";
  public static final EdgeSettings PATIENT = settings(Map.of());
  public static final EdgeSettings IMPATIENT =
      settings(
          Map.of(
              "edge.append.timeout", "PT0.3S",
              "edge.request.timeout", "PT1.5S",
              "edge.idle.timeout", "PT0.7S"));

  private static final Map<String, String> PROVIDERS =
      Map.of(
          "forms", "provider: generic-hmac",
          "billing", "provider: stripe",
          "chat", "provider: slack",
          "keys", "provider: api-key",
          "mails", "provider: mailchimp",
          "links", "provider: path-token",
          "fenced", "provider: generic-hmac\nallow: [192.0.2.0/24]",
          "network", "provider: unsigned\nallow: [127.0.0.1]",
          "local", "provider: generic-hmac\nallow: [127.0.0.0/8]",
          "public", "provider: generic-hmac\npublicUrl: https://hooks.example.com/in/public");

  public final FakeDeliveryLog log = new FakeDeliveryLog();
  public final PrometheusMeterRegistry registry;
  public final Edge edge;
  private final HttpClient client = HttpClient.newHttpClient();

  public EdgeFixture(Path directory, EdgeSettings settings) {
    this(directory, settings, PROVIDERS);
  }

  /**
   * @param providers by source, with whatever else its file says
   */
  public EdgeFixture(Path directory, EdgeSettings settings, Map<String, String> providers) {
    this(directory, settings, providers, SECRET);
  }

  /**
   * @param secret of every source
   */
  public EdgeFixture(
      Path directory, EdgeSettings settings, Map<String, String> providers, String secret) {
    this(
        settings,
        sources(directory, providers, secret),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  public EdgeFixture(
      Path directory,
      EdgeSettings settings,
      Map<String, String> providers,
      PrometheusMeterRegistry registry) {
    this(settings, sources(directory, providers, SECRET), registry);
  }

  private EdgeFixture(EdgeSettings settings, Sources sources, PrometheusMeterRegistry registry) {
    this.registry = registry;
    edge = new Edge(settings, sources, log, registry, Clock.fixed(NOW, ZoneOffset.UTC));
    edge.start();
  }

  /**
   * Patient on a free port.
   *
   * @param others what else is set, by key
   */
  public static EdgeSettings settings(Map<String, String> others) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "edge.port", "0",
                "edge.body.limit", "64 kB",
                "edge.append.timeout", "PT20S",
                "edge.request.timeout", "PT30S",
                "edge.idle.timeout", "PT20S",
                "edge.drain.time", "PT20S"));
    all.putAll(others);
    return Settings.read(EdgeSettings.class, all);
  }

  private static Sources sources(Path directory, Map<String, String> providers, String secret) {
    try {
      for (Map.Entry<String, String> source : providers.entrySet()) {
        Files.writeString(
            directory.resolve(source.getKey() + ".yaml"),
            "source: %s%nsecrets: [{ref: env:SECRET}]%n%s%n"
                .formatted(source.getKey(), source.getValue()));
      }
    } catch (IOException unwritable) {
      throw new IllegalStateException(unwritable);
    }
    return Sources.load(directory, Catalogue.bundled(), name -> Optional.of(secret));
  }

  public int port() {
    return edge.port();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    return sendLater(request).join();
  }

  public CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A genuine delivery of the source "forms". */
  public HttpRequest.Builder form(byte[] body) {
    return request("/in/forms")
        .header("X-Webhook-Signature", "sha256=" + hmac(body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  public HttpRequest.Builder form(String body) {
    return form(body.getBytes(UTF_8));
  }

  /** A delivery of the source "billing", signed at a time. */
  public HttpRequest.Builder bill(String body, Instant at) {
    String signed = at.getEpochSecond() + "." + body;
    return request("/in/billing")
        .header(
            "Stripe-Signature", "t=" + at.getEpochSecond() + ",v1=" + hmac(signed.getBytes(UTF_8)))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  public static String hmac(byte[] signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    log.releaseAll();
    edge.close();
    client.close();
  }
}
