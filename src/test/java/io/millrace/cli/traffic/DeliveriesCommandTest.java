package io.millrace.cli.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.app.CommandException;
import io.millrace.app.Consoles;
import io.millrace.app.EdgeProcess;
import io.millrace.app.Exit;
import io.millrace.bench.command.ReplayCommand;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signers;
import io.millrace.cli.sources.SourcesCommand;
import io.millrace.config.Config;
import io.millrace.console.Console;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that look at a running edge, against one. */
final class DeliveriesCommandTest {
  private static final String SECRET = "a-secret-for-production";
  private static final String STAGING_SECRET = "a-secret-for-staging";
  private static final String BODY =
      "{\"id\": \"evt_1\", \"type\": \"customer.created\", \"created\": 1700000000,"
          + " \"data\": {\"object\": {\"id\": \"cus_1\", \"email\": \"ada@example.com\"}}}";

  @TempDir private Path directory;
  private final RememberingLog log = new RememberingLog();
  private final HttpClient client = HttpClient.newHttpClient();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private EdgeProcess edge;
  private Console console;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectory(directory.resolve("sources"));
    Files.writeString(directory.resolve("sources/secret"), SECRET);
    Files.writeString(directory.resolve("sources/staging-secret"), STAGING_SECRET);
    source("billing", "provider: stripe\nsecrets: [{ref: file:secret}]\n");
    source(
        "billing-staging",
        "provider: stripe\nstaging: true\nsecrets: [{ref: file:staging-secret}]\n");
    Config config =
        Config.load(
            directory,
            Optional.empty(),
            Map.of(),
            Map.of(
                "sources.directory", directory.resolve("sources").toString(),
                "edge.port", "0",
                "console.port", "0"));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    edge =
        EdgeProcess.start(
            config, name -> Optional.empty(), (settings, meters, spreads) -> log, registry);
    console = Consoles.start(config.console(), registry, Map.of(), Optional.of(edge.view()));
  }

  @AfterEach
  void stop() {
    console.close();
    edge.close();
    client.close();
  }

  @Test
  void listsAndShowsWhatCame() throws Exception {
    post("billing", SECRET, BODY);
    post("billing", "another secret", BODY);

    assertThat(deliveries("list", "--source", "billing")).isEqualTo(Exit.DONE);
    assertThat(out.toString()).contains("BAD_SIGNATURE", "verified", "127.0.0.1");

    out.getBuffer().setLength(0);
    assertThat(deliveries("list", "--refused", "--json", "--text", "ADA@")).isEqualTo(Exit.DONE);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(1);
    String id = new JsonMapper().readTree(lines.getFirst()).path("id").asText();

    out.getBuffer().setLength(0);
    assertThat(deliveries("show", id)).isEqualTo(Exit.DONE);
    assertThat(out.toString())
        .contains("BAD_SIGNATURE", "POST http", "content-type: application/json", BODY)
        .doesNotContain(SECRET);
  }

  @Test
  void saysWhenThereIsNothing() {
    assertThat(deliveries("list")).isEqualTo(Exit.NO);
    assertThat(deliveries("show", "7-7")).isEqualTo(Exit.NO);
    assertThat(deliveries("capture", "--source", "billing", "--out", file("capture").toString()))
        .isEqualTo(Exit.NO);
    assertThat(file("capture")).doesNotExist();
    assertThat(deliveries("list", "--since", "yesterday")).isEqualTo(Exit.USAGE);
    assertThat(err.toString()).contains("since");
  }

  @Test
  void replaysARedactedCaptureToAStagingSource() throws Exception {
    post("billing", SECRET, BODY);
    post("billing", SECRET, BODY.replace("evt_1", "evt_2"));
    post("billing", "another secret", BODY.replace("evt_1", "forged"));
    Path capture = file("capture.jsonl");

    assertThat(deliveries("capture", "--source", "billing", "--out", capture.toString()))
        .isEqualTo(Exit.DONE);

    List<String> lines = Files.readAllLines(capture);
    assertThat(lines).hasSize(2);
    assertThat(body(lines.getFirst())).contains("evt_1", ".example\"").doesNotContain("ada@");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(capture)))
        .isEqualTo("rw-------");

    log.appended.clear();
    assertThat(replay(capture, "billing-staging", "--rate", "1000/s")).isEqualTo(Exit.DONE);

    assertThat(out.toString()).containsPattern("sent +2").containsPattern("accepted +2");
    assertThat(log.appended).extracting(Delivery::getSource).containsOnly("billing-staging");
    assertThat(log.appended)
        .extracting(delivery -> UTF_8.decode(delivery.getBody().duplicate()).toString())
        .containsExactly(body(lines.get(0)), body(lines.get(1)));
  }

  @Test
  void keepsPersonalDataOnRequest() throws Exception {
    post("billing", SECRET, BODY);
    Path capture = file("raw.jsonl");

    deliveries("capture", "--source", "billing", "--raw", "--out", capture.toString());

    assertThat(body(Files.readString(capture))).isEqualTo(BODY);
    assertThat(deliveries("capture", "--source", "billing", "--raw", "--out", capture.toString()))
        .as("does not overwrite a file")
        .isEqualTo(Exit.USAGE);
  }

  @Test
  void saysWhichReplaysWereRefusedAndWhy() throws Exception {
    post("billing", SECRET, BODY);
    Path capture = file("capture.jsonl");
    deliveries("capture", "--source", "billing", "--out", capture.toString());
    Files.writeString(directory.resolve("sources/staging-secret"), "not the one the edge has");

    assertThat(replay(capture, "billing-staging")).isEqualTo(Exit.NO);

    assertThat(out.toString()).containsPattern("refused 401 BAD_SIGNATURE +1");
  }

  @Test
  void replaysToProductionOnlyWhenToldTo() throws Exception {
    post("billing", SECRET, BODY);
    Path capture = file("capture.jsonl");
    deliveries("capture", "--source", "billing", "--out", capture.toString());
    log.appended.clear();

    assertThat(replay(capture, "billing")).isEqualTo(Exit.USAGE);
    assertThat(err.toString()).contains("not for staging", "--production");
    assertThat(replay(capture, "nobody")).isEqualTo(Exit.USAGE);
    assertThat(replay(capture, "billing", "--production", "--dry-run")).isEqualTo(Exit.DONE);

    assertThat(out.toString()).contains("1 requests, none sent");
    assertThat(log.appended).isEmpty();
  }

  @Test
  void saysThatNothingAnswers() throws Exception {
    post("billing", SECRET, BODY);
    Path capture = file("capture.jsonl");
    deliveries("capture", "--source", "billing", "--out", capture.toString());
    edge.close();

    assertThat(replay(capture, "billing-staging")).isEqualTo(Exit.UNREACHABLE);
    console.close();
    assertThat(deliveries("list")).isEqualTo(Exit.UNREACHABLE);
    assertThat(err.toString()).contains("No edge answers", "No console answers");
  }

  @Test
  void printsATwinThatTheEdgeTakes() throws Exception {
    source(
        "crm",
        """
        # HubSpot.
        source: crm
        provider: hubspot
        publicUrl: https://hooks.example.com/in/crm
        secrets:
          - ref: env:CRM_OLD
            notAfter: 2027-01-01T00:00:00Z
          - ref: env:CRM
        allow: [192.0.2.0/24]

        # What we added.
        mapping:
          fields:
            - {from: hs_object_id, to: hubspot_id, owner: sales operations}
        """
            .replaceFirst("source: crm\n", ""));

    assertThat(run("sources", "twin", "crm", "--sources", file("sources").toString()))
        .isEqualTo(Exit.DONE);

    assertThat(out.toString())
        .contains("source: crm-staging\nstaging: true\n")
        .contains("provider: hubspot\n", "publicUrl: https://hooks.example.com/in/crm-staging\n")
        .contains("secrets:\n  - ref: env:MILLRACE_SECRET_CRM_STAGING\n")
        .contains("# What we added.\nmapping:\n  fields:\n")
        .doesNotContain("CRM_OLD", "notAfter", "192.0.2");
    Files.writeString(file("sources/crm-staging.yaml"), out.toString());
    Files.delete(file("sources/crm.yaml"));
    out.getBuffer().setLength(0);
    assertThat(run("sources", "list", "--sources", file("sources").toString()))
        .isEqualTo(Exit.DONE);
    assertThat(out.toString().lines().filter(line -> line.startsWith("crm-staging")))
        .singleElement()
        .asString()
        .contains("hubspot");
    assertThat(out.toString()).contains("MILLRACE_SECRET_CRM_STAGING");
  }

  /** A title, a cleared screen, a link, a forged verdict, and text that runs backwards. */
  @Test
  void printsNoEscapeSequenceOfAStranger() throws Exception {
    String hostile =
        "\u001b]0;t\u0007\u001b[2J\u001b]8;;https://evil.example\u001b\\\u009b31m\u202eD\r";
    post("billing", "another secret", "{\"id\": \"" + hostile + "\"}");
    assertThat(deliveries("list", "--json")).isEqualTo(Exit.DONE);
    JsonNode listed = new JsonMapper().readTree(out.toString().lines().findFirst().orElseThrow());

    for (String[] command :
        List.of(
            new String[] {"list"},
            new String[] {"list", "--json"},
            new String[] {"list", "--text", "evil"},
            new String[] {"show", listed.path("id").asText()},
            new String[] {"show", "--json", listed.path("id").asText()},
            new String[] {"show", hostile})) {
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
      int exit = deliveries(command[0], Arrays.copyOfRange(command, 1, command.length));

      assertThat(out + "" + err)
          .as("%s, exit %d", List.of(command), exit)
          .isNotEmpty()
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
    }
    out.getBuffer().setLength(0);
    deliveries("show", "--json", listed.path("id").asText());
    assertThat(new JsonMapper().readTree(out.toString()).path("body").asText()).contains(hostile);
  }

  private void source(String name, String rest) throws Exception {
    Files.writeString(file("sources/" + name + ".yaml"), "source: " + name + "\n" + rest);
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static String body(String line) throws Exception {
    JsonNode captured = new JsonMapper().readTree(line);
    assertThat(captured.path("secrets")).isEmpty();
    return new String(
        Base64.getDecoder().decode(captured.at("/request/bodyBase64").asText()), UTF_8);
  }

  private void post(String source, String secret, String body) throws Exception {
    String url = "http://127.0.0.1:" + edge.port() + "/in/" + source;
    Outgoing signed =
        Signers.of("stripe", secret)
            .sign(Outgoing.post(url, "application/json", body.getBytes(UTF_8)), Instant.now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
    signed.headers().forEach(request::header);
    client.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }

  private int deliveries(String subcommand, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "deliveries";
    all[1] = subcommand;
    all[2] = "--console";
    all[3] = "http://127.0.0.1:" + console.port();
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return run(all);
  }

  private int replay(Path capture, String source, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "replay",
                capture.toString(),
                "--to",
                source,
                "--console",
                "http://127.0.0.1:" + console.port(),
                "--edge",
                "http://127.0.0.1:" + edge.port(),
                "--secret-ref",
                "file:" + file("sources/staging-secret")));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    CommandLine commands =
        new CommandLine(new Top())
            .addSubcommand(new DeliveriesCommand())
            .addSubcommand(new ReplayCommand())
            .addSubcommand(new SourcesCommand());
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof CommandException expected) {
            command.getErr().println(expected.getMessage());
            return expected.exitCode();
          }
          throw failure;
        });
    return commands.execute(arguments);
  }

  @CommandLine.Command(name = "millrace")
  private static final class Top {}

  private static final class RememberingLog implements DeliveryLog {
    private final List<Delivery> appended = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Void> append(Delivery delivery) {
      appended.add(delivery);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }
}
