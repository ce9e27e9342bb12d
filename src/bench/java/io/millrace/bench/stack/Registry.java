package io.millrace.bench.stack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The Apicurio schema registry in its own process, with its schemas in PostgreSQL. */
final class Registry implements Part {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path directory;
  private final Path log;
  private final StackSettings settings;
  private final StackSecrets secrets;
  private final Children children;
  private Optional<Process> process = Optional.empty();

  Registry(
      Path directory, Path log, StackSettings settings, StackSecrets secrets, Children children) {
    this.directory = directory;
    this.log = log;
    this.settings = settings;
    this.secrets = secrets;
    this.children = children;
  }

  @Override
  public String title() {
    return "schema registry";
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Process started = launch();
    process = Optional.of(started);
    children.add(started.toHandle());
    try (HttpClient http = HttpClient.newHttpClient()) {
      awaitAnswer(started, http);
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    // Ctrl-C reaches every process of the terminal: this one must wait until we stop it.
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(properties());
    command.addAll(
        List.of("-jar", settings.parts().resolve("registry/quarkus-run.jar").toString()));
    ProcessBuilder process = new ProcessBuilder(command);
    // Not on the command line, which every user of the machine can read.
    process.environment().put("APICURIO_DATASOURCE_PASSWORD", secrets.registry());
    return process
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  private List<String> properties() {
    return List.of(
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + settings.registryPort(),
        // Its management port would listen on every address.
        "-Dquarkus.management.host-enabled=false",
        "-Dquarkus.log.console.enabled=true",
        "-Dapicurio.storage.sql.kind=postgresql",
        "-Dapicurio.storage.snapshot.location=" + directory,
        "-Dapicurio.import.work-dir=" + directory,
        "-Dapicurio.datasource.url=jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(settings.warehousePort(), Warehouse.REGISTRY),
        "-Dapicurio.datasource.username=" + Warehouse.REGISTRY,
        "-Dapicurio.datasource.jdbc.initial-size=1",
        "-Dapicurio.datasource.jdbc.min-size=1",
        "-Dapicurio.datasource.jdbc.max-size=10");
  }

  /**
   * Its own default is to check nothing; ours is the strictest rule. Once it accepts that, it is
   * up.
   */
  private void awaitAnswer(Process started, HttpClient http)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.endpoints().confluentUrl() + "/config"))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
            .build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!started.isAlive()) {
        throw new StackException(
            "the schema registry ended by itself; the reason is at the end of " + log);
      }
      if (accepts(http, request)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new StackException(
        "the schema registry did not answer within %d s; see %s"
            .formatted(PATIENCE.toSeconds(), log));
  }

  private static boolean accepts(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void stop() throws InterruptedException {
    if (process.isPresent()) {
      Process running = process.get();
      running.destroy();
      if (!running.waitFor(10, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    }
  }

  /** Whether the build has unpacked it. */
  static boolean isUnpacked(Path parts) {
    return Files.exists(parts.resolve("registry/quarkus-run.jar"));
  }
}
