package io.millrace.edge;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.ConnectedSources;
import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.testing.ManualClock;
import io.millrace.edge.testing.OneSource;
import io.millrace.edge.testing.Pem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.ReplaySettings;
import io.millrace.edge.wire.Tls;
import io.millrace.edge.wire.TlsSettings;
import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.SignedText;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything the edge measures, brought about by requests and changes of files. */
public final class EdgeMeters {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private EdgeMeters() {}

  /**
   * Registers them.
   *
   * @param registries makes a registry for each part that would be there once in a process
   * @param folder empty, for the files of sources and certificates
   */
  public static void register(Supplier<PrometheusMeterRegistry> registries, Path folder)
      throws Exception {
    answerRequests(registries.get(), Files.createDirectories(folder.resolve("sources")));
    knowReplays(registries.get(), Files.createDirectories(folder.resolve("replays")));
    useSecrets(registries.get(), Files.createDirectories(folder.resolve("secrets")));
    changeCertificates(registries.get(), Files.createDirectories(folder.resolve("certificates")));
  }

  private static void answerRequests(PrometheusMeterRegistry registry, Path folder) {
    Map<String, String> providers =
        Map.of("forms", "provider: generic-hmac", "chat", "provider: slack");
    try (EdgeFixture edge = new EdgeFixture(folder, EdgeFixture.PATIENT, providers, registry)) {
      edge.send(edge.form("{}"));
      edge.send(edge.request("/in/forms").POST(HttpRequest.BodyPublishers.ofString("{}")));
      edge.log.fail(true);
      edge.send(edge.form("{}"));
      edge.send(handshake(edge));
    }
  }

  private static HttpRequest.Builder handshake(EdgeFixture edge) {
    String body = "{\"type\":\"url_verification\",\"challenge\":\"echo\"}";
    long time = EdgeFixture.NOW.getEpochSecond();
    String signed = "v0:" + time + ":" + body;
    return edge.request("/in/chat")
        .header("Content-Type", "application/json")
        .header("X-Slack-Request-Timestamp", Long.toString(time))
        .header(
            "X-Slack-Signature", "v0=" + EdgeFixture.hmac(signed.getBytes(StandardCharsets.UTF_8)))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static void knowReplays(MeterRegistry registry, Path folder) {
    ManualClock clock = new ManualClock(EdgeFixture.NOW);
    ReplayGuard guard =
        new ReplayGuard(new ReplaySettings(1, Duration.ofDays(30)), registry, clock);
    ConnectedSource mail =
        ConnectedSource.of(
            OneSource.of(folder, "mail", "provider: mailgun\nsecrets: [{ref: env:SECRET}]\n"));
    pass(guard, mail, "token", "genuine");
    pass(guard, mail, "token", "genuine");
    try {
      pass(guard, mail, "token", "forged");
      throw new AssertionError("a replay was accepted");
    } catch (ProblemException refused) {
      pass(guard, mail, "another token", "genuine");
    }
  }

  private static void pass(ReplayGuard guard, ConnectedSource source, String signed, String body) {
    guard
        .reserve(
            source,
            Optional.of(new SignedText(signed, Optional.empty())),
            new SignedRequest(
                "POST",
                "https://hooks.example.com/in/mail",
                Headers.of(Map.of()),
                body.getBytes(StandardCharsets.UTF_8)),
            EdgeFixture.NOW)
        .settle(true);
  }

  private static void useSecrets(MeterRegistry registry, Path folder) {
    ManualClock clock = new ManualClock(EdgeFixture.NOW);
    SecretUses uses = new SecretUses(registry, clock);
    String secrets =
        "provider: stripe\nsecrets: [{ref: env:OLD, notAfter: 2026-04-01T00:00:00Z}, {ref: env:NEW}]\n";
    ConnectedSources sources = new ConnectedSources(OneSource.all(folder, "billing", secrets));
    uses.used("billing", "env:NEW", clock.instant());
    new SecretWatch(sources, uses, Duration.ofDays(1), registry, clock).look();
  }

  private static void changeCertificates(MeterRegistry registry, Path folder) throws Exception {
    Pem root = Pem.authority("root");
    TlsSettings settings =
        new TlsSettings(
            folder.resolve("tls.crt"),
            folder.resolve("tls.key"),
            Optional.empty(),
            Optional.empty(),
            INTERVAL);
    write(settings, Pem.signedBy(root, "first", "EC"));
    Tls tls = Tls.open(settings, registry, Clock.systemUTC());
    try {
      // A context is there before it can be changed.
      tls.factory().start();
      write(settings, Pem.signedBy(root, "second", "EC"));
      awaitReload(registry, "done");
      Files.writeString(settings.key(), "not a key");
      awaitReload(registry, "failed");
    } finally {
      tls.close();
      tls.factory().stop();
    }
  }

  private static void write(TlsSettings settings, Pem pem) throws Exception {
    Files.writeString(settings.certificate(), pem.certificateText());
    Files.writeString(settings.key(), pem.keyText());
  }

  private static void awaitReload(MeterRegistry registry, String result) {
    await()
        .until(
            () ->
                registry.find("millrace.edge.tls.reloads").tag("result", result).counter() != null);
  }
}
