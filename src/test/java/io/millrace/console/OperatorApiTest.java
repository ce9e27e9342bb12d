package io.millrace.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.edge.inspect.InspectedDelivery;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.provider.Catalogue;
import io.millrace.source.Source;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorApiTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(client));

  private static final Source SOURCE =
      new Source(
          "billing",
          Catalogue.bundled().find("stripe").orElseThrow(),
          "billing",
          true,
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          false,
          false,
          Duration.ofDays(3),
          Optional.empty(),
          Mapping.none(),
          Optional.empty(),
          Optional.empty());

  private static final List<InspectedDelivery> DELIVERIES =
      List.of(
          delivery("1-3", "billing", "verified", Optional.empty(), "{\"plan\": \"Pro\"}"),
          delivery("1-2", "forms", "refused", Optional.of("BAD_SIGNATURE"), "\u00ff binary"),
          delivery("1-1", "forms", "verified", Optional.empty(), "plan=basic"));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void listsTheNewestFirst() throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    JsonNode answer = json(get(console, "/api/deliveries"));

    assertThat(answer.at("/deliveries").findValuesAsText("id"))
        .containsExactly("1-3", "1-2", "1-1");
    assertThat(answer.path("next").isNull()).isTrue();
    assertThat(answer.at("/deliveries/1").toString())
        .isEqualTo(
            "{\"id\":\"1-2\",\"source\":\"forms\",\"received_at\":\"2026-03-01T12:02:00Z\","
                + "\"remote_address\":\"192.0.2.1\",\"method\":\"POST\","
                + "\"url\":\"http://localhost/in/forms\",\"outcome\":\"refused\",\"status\":401,"
                + "\"reason\":\"BAD_SIGNATURE\",\"explanation\":\"why\",\"assurance\":null,"
                + "\"secret\":\"env:KEY\",\"delivery_id\":null,\"body_bytes\":99,"
                + "\"truncated\":true}");
  }

  @ParameterizedTest
  @CsvSource({
    "source=forms, 1-2 1-1",
    "outcome=refused, 1-2",
    "outcome=verified, 1-3 1-1",
    "reason=BAD_SIGNATURE, 1-2",
    "since=2026-03-01T12:02:00Z, 1-3 1-2",
    "text=PLAN, 1-3 1-1",
    "text=x-note:%20for%20billing, 1-3",
    "text=in/forms, 1-2 1-1",
    "limit=2, 1-3 1-2",
    "before=1-2, 1-1",
    "source=forms&before=1-3&limit=1, 1-2",
    "source=other, ''"
  })
  void findsWhatIsAskedFor(String query, String ids) throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    JsonNode answer = json(get(console, "/api/deliveries?" + query));

    assertThat(String.join(" ", answer.at("/deliveries").findValuesAsText("id"))).isEqualTo(ids);
  }

  @Test
  void leadsFromPageToPage() throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    assertThat(json(get(console, "/api/deliveries?limit=2")).path("next").asText())
        .isEqualTo("1-2");
    assertThat(json(get(console, "/api/deliveries?limit=2&before=1-2")).path("next").isNull())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=501",
        "limit=x",
        "outcome=good",
        "since=yesterday",
        "sourc=x",
        "limit=1&limit=2",
        "since=P99999999999999D"
      })
  void refusesWrongParameters(String query) throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    HttpResponse<String> answer = get(console, "/api/deliveries?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).path("detail").asText()).contains(query.split("=", 2)[0]);
  }

  @Test
  void showsOneInFull() throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    JsonNode text = json(get(console, "/api/deliveries/1-3"));
    JsonNode binary = json(get(console, "/api/deliveries/1-2"));

    assertThat(text.path("body").asText()).isEqualTo("{\"plan\": \"Pro\"}");
    assertThat(text.at("/headers/x-note/0").asText()).isEqualTo("for billing");
    assertThat(text.path("body_base64").binaryValue())
        .isEqualTo("{\"plan\": \"Pro\"}".getBytes(UTF_8));
    assertThat(binary.path("body").isNull()).isTrue();
    assertThat(binary.path("body_base64").binaryValue()).startsWith(0xff);
    assertThat(get(console, "/api/deliveries/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void listsTheSources() throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    assertThat(get(console, "/api/sources").body())
        .isEqualTo(
            "{\"sources\":[{\"source\":\"billing\",\"provider\":\"stripe\","
                + "\"public_url\":null,\"staging\":true}]}");
  }

  @Test
  void isNeverStored() throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    assertThat(get(console, "/api/deliveries").headers().firstValue("Cache-Control"))
        .contains("no-store");
    assertThat(get(console, "/api/deliveries?limit=x").headers().firstValue("Cache-Control"))
        .contains("no-store");
  }

  @Test
  void asksForTheTokenIfThereIsOne() throws Exception {
    Console console = console("127.0.0.1", Optional.of("a-token"));

    assertThat(get(console, "/api/deliveries").statusCode()).isEqualTo(401);
    assertThat(get(console, "/api/deliveries", "Bearer a-toke").statusCode()).isEqualTo(401);
    for (String path : List.of("/api/deliveries/1-3", "/api/deliveries/other", "/api/sources")) {
      HttpResponse<String> refused = get(console, path);
      assertThat(refused.statusCode()).as(path).isEqualTo(401);
      assertThat(refused.body()).as(path).doesNotContain("Pro", "in/billing");
      assertThat(get(console, path, "Bearer a-token").statusCode()).as(path).isNotEqualTo(401);
    }
    assertThat(get(console, "/api/deliveries", "Bearer a-token").statusCode()).isEqualTo(200);
    assertThat(get(console, "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void isClosedWhereOthersCanReachItWithoutAToken() throws Exception {
    Console console = console("0.0.0.0", Optional.empty());

    assertThat(get(console, "/api/deliveries").statusCode()).isEqualTo(403);
    assertThat(get(console, "/api/sources").statusCode()).isEqualTo(403);
    assertThat(get(console, "/api/deliveries/1-3").statusCode()).isEqualTo(403);
    assertThat(get(console, "/metrics").statusCode()).isEqualTo(200);
    assertThat(get(console("0.0.0.0", Optional.of("t")), "/api/sources", "Bearer t").statusCode())
        .isEqualTo(200);
  }

  @Test
  void refusesNamesThatOnlyResolveToThisMachine() throws Exception {
    Console console = console("127.0.0.1", Optional.empty());

    assertThat(status(console, "attacker.example:8090")).contains(" 421 ");
    assertThat(status(console, "localhost.attacker.example")).contains(" 421 ");
    assertThat(status(console, "localhost:8090")).contains(" 200 ");
    assertThat(status(console, "[::1]:8090")).contains(" 200 ");
  }

  @Test
  void metricsRefuseThemToo() throws Exception {
    for (Optional<String> token : List.of(Optional.<String>empty(), Optional.of("a-token"))) {
      Console console = console("127.0.0.1", token);

      assertThat(status(console, "/metrics", "attacker.example:8090")).contains(" 421 ");
      assertThat(status(console, "/metrics", "127.0.0.1.attacker.example")).contains(" 421 ");
      assertThat(status(console, "/metrics", "localhost:8090")).contains(" 200 ");
    }
  }

  @Test
  void metricsAnswerAProxyThatHasTheToken() throws Exception {
    Console console = console("127.0.0.1", Optional.of("a-token"));

    assertThat(status(console, "/metrics", "millrace.example\r\nAuthorization: Bearer a-token"))
        .contains(" 200 ");
    assertThat(status(console, "/metrics", "millrace.example\r\nAuthorization: Bearer a-toke"))
        .contains(" 421 ");
  }

  @Test
  void metricsAnswerOtherMachinesByAnyName() throws Exception {
    assertThat(status(console("0.0.0.0", Optional.empty()), "/metrics", "edge:8090"))
        .contains(" 200 ");
  }

  @Test
  void masksNoContentThatIsNotShown() throws Exception {
    InspectedDelivery costly =
        new InspectedDelivery(
            "1-1",
            summary("1-1", "forms", "verified", Optional.empty()),
            () -> "http://localhost/in/forms",
            () -> {
              throw new IllegalStateException("The content was masked");
            },
            "within"::contains);
    Console console = console(() -> List.of(costly));

    assertThat(get(console, "/api/deliveries").statusCode()).isEqualTo(200);
    assertThat(get(console, "/api/deliveries?text=elsewhere").statusCode()).isEqualTo(200);
    assertThat(get(console, "/api/deliveries?text=within").statusCode()).isEqualTo(500);
  }

  @Test
  void answersFewQuestionsAtOnceAndNeverOnVirtualThreads() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<Boolean> virtual = ConcurrentHashMap.newKeySet();
    Console console =
        console(
            () -> {
              most.accumulateAndGet(working.incrementAndGet(), Math::max);
              virtual.add(Thread.currentThread().isVirtual());
              asked.countDown();
              awaitQuietly(answer);
              working.decrementAndGet();
              return DELIVERIES;
            });

    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int count = 0; count < 40; count++) {
      answers.add(
          client.sendAsync(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + console.port() + "/api/deliveries"))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    asked.await();
    int health = get(console, "/health/live").statusCode();
    CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();
    answer.countDown();

    assertThat(health).isEqualTo(200);
    assertThat(answers.stream().map(each -> each.join().statusCode()))
        .contains(200, 503)
        .containsOnly(200, 503);
    assertThat(most).hasValueLessThanOrEqualTo(2);
    assertThat(virtual).containsExactly(false);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Console console(Supplier<List<InspectedDelivery>> newest) {
    return started(
        new Console(
            new ConsoleSettings("127.0.0.1", 0, Optional.empty()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Map.of(),
            Optional.of(
                new EdgeView(
                    () -> newest.get().stream(), id -> Optional.empty(), () -> List.of(SOURCE))),
            Optional.empty()));
  }

  @Test
  void saysWhereNoEdgeRuns() throws Exception {
    Console console =
        started(
            new Console(
                new ConsoleSettings("127.0.0.1", 0, Optional.empty()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Map.of(),
                Optional.empty(),
                Optional.empty()));

    HttpResponse<String> answer = get(console, "/api/deliveries");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("has no edge");
  }

  private Console console(String host, Optional<String> token) {
    return started(
        new Console(
            new ConsoleSettings(host, 0, Optional.empty()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Map.of(),
            Optional.of(edge()),
            token));
  }

  private Console started(Console console) {
    console.start();
    open.add(console);
    return console;
  }

  private HttpResponse<String> get(Console console, String path) throws Exception {
    return get(console, path, "");
  }

  private HttpResponse<String> get(Console console, String path, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + console.port() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The status line of an answer to a request under another name. */
  private static String status(Console console, String host) throws Exception {
    return status(console, "/api/sources", host);
  }

  private static String status(Console console, String path, String host) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
      socket
          .getOutputStream()
          .write("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, host).getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new JsonMapper().readTree(answer.body());
  }

  private static InspectedDelivery delivery(
      String id, String source, String outcome, Optional<String> reason, String body) {
    boolean refused = outcome.equals("refused");
    return new InspectedDelivery(
        id,
        summary(id, source, outcome, reason),
        () -> "http://localhost/in/" + source,
        () ->
            new InspectedDelivery.Content(
                "http://localhost/in/" + source,
                Map.of("x-note", List.of("for " + source)),
                body.getBytes(refused ? ISO_8859_1 : UTF_8)),
        text -> true);
  }

  private static InspectedDelivery.Summary summary(
      String id, String source, String outcome, Optional<String> reason) {
    boolean refused = outcome.equals("refused");
    return new InspectedDelivery.Summary(
        source,
        Instant.parse("2026-03-01T12:0%s:00Z".formatted(id.substring(2))),
        "192.0.2.1",
        "POST",
        InspectedDelivery.Result.labelled(outcome).orElseThrow(),
        refused ? 401 : 200,
        new InspectedDelivery.Verdict(
            reason, reason.map(it -> "why"), Optional.empty(), Optional.of("env:KEY")),
        Optional.empty(),
        99,
        refused);
  }

  private static EdgeView edge() {
    return new EdgeView(
        DELIVERIES::stream,
        id -> DELIVERIES.stream().filter(it -> it.id().equals(id)).findFirst(),
        () -> List.of(SOURCE));
  }
}
