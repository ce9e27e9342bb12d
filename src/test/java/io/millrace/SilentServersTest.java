package io.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.app.CommandException;
import io.millrace.app.Reach;
import io.millrace.kafka.topic.RegistrySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands whose server does not run, or accepts connections and never answers. */
class SilentServersTest {
  private static final Duration FIRST_LINE = Duration.ofSeconds(5);

  @TempDir private Path directory;

  /** The system takes connections in its name, and nobody ever reads from them. */
  private ServerSocket silent = unbound();

  private int closed;

  /** What a command said, and when it began to. */
  private record Said(
      String command, int exitCode, String text, Duration firstLine, Duration end) {}

  private static ServerSocket unbound() {
    try {
      return new ServerSocket();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @BeforeEach
  void listen() throws IOException {
    silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = probe.getLocalPort();
    }
  }

  @AfterEach
  void stopListening() throws IOException {
    silent.close();
  }

  @Test
  void everyCommandSaysWhatItWaitsForAndGivesUp() throws Exception {
    List<Said> all = new ArrayList<>();
    try (ExecutorService commands = Executors.newCachedThreadPool()) {
      List<Future<Said>> running = new ArrayList<>();
      for (int port : List.of(closed, silent.getLocalPort())) {
        commands(port).forEach(each -> running.add(commands.submit(() -> run(each))));
      }
      for (Future<Said> each : running) {
        all.add(each.get());
      }
    }

    assertThat(all).hasSize(24);
    assertThat(all)
        .allSatisfy(
            said -> {
              assertThat(said.exitCode()).as(said.toString()).isEqualTo(3);
              assertThat(said.firstLine()).as(said.toString()).isLessThan(FIRST_LINE);
              assertThat(said.end()).as(said.toString()).isLessThan(Duration.ofSeconds(45));
              assertThat(said.text())
                  .startsWith("millrace: ")
                  .containsAnyOf("127.0.0.1:" + closed, "127.0.0.1:" + silent.getLocalPort())
                  .contains("check")
                  .doesNotContain("\tat ");
            });
    assertThat(all)
        .filteredOn(said -> said.command().contains(":" + silent.getLocalPort()))
        .allSatisfy(said -> assertThat(said.text()).startsWith("millrace: Waiting for "));
  }

  private List<List<String>> commands(int port) throws IOException {
    String kafka = "--set=kafka.bootstrap.servers=127.0.0.1:" + port;
    String registry = "--set=registry.url=http://127.0.0.1:" + port;
    String console = "--console=http://127.0.0.1:" + port;
    Path secret = Files.writeString(directory.resolve("key" + port), "0123456789abcdef".repeat(4));
    String key = "--set=identity.key=file:" + secret;
    Path capture = directory.resolve("capture.jsonl");
    Files.writeString(
        capture,
        "{\"source\":\"shop\",\"secrets\":[],\"nowMs\":1,\"request\":{\"method\":\"POST\",\"url\":\"/in/shop\","
            + "\"headers\":{},\"bodyBase64\":\"e30=\"}}\n",
        UTF_8);
    return List.of(
        List.of("audit", kafka, registry),
        List.of("dead-letters", "list", kafka, registry),
        List.of("dead-letters", "show", "an-id", kafka, registry),
        List.of("dead-letters", "replay", "--all", "--dry-run", kafka, registry),
        List.of("identity", "show", "ada@example.com", key, kafka, registry),
        List.of("erase", "ada@example.com", "--dry-run", key, kafka, registry),
        List.of("schemas", "check", registry),
        List.of("schemas", "register", registry),
        List.of("deliveries", "list", console),
        List.of("deliveries", "show", "an-id", console),
        List.of(
            "deliveries",
            "capture",
            "--source=shop",
            "--out=" + directory.resolve("new" + port),
            console),
        List.of("replay", capture.toString(), "--to=shop", console));
  }

  private static Said run(List<String> arguments) {
    StringWriter text = new StringWriter();
    AtomicLong first = new AtomicLong();
    PrintWriter err =
        new PrintWriter(
            new Writer() {
              @Override
              public void write(char[] letters, int from, int length) {
                first.compareAndSet(0, System.nanoTime());
                text.write(letters, from, length);
              }

              @Override
              public void flush() {
                // It is in memory.
              }

              @Override
              public void close() {
                // It is in memory.
              }
            });
    String[] args = arguments.toArray(String[]::new);
    CommandLine command = Main.commands(args).setErr(err);
    long start = System.nanoTime();
    int exitCode = command.execute(args);
    err.flush();
    return new Said(
        String.join(" ", arguments),
        exitCode,
        text.toString(),
        Duration.ofNanos(first.get() - start),
        Duration.ofNanos(System.nanoTime() - start));
  }

  @Test
  void givesUpOnARegistryThatNeverAnswers() {
    for (int port : List.of(closed, silent.getLocalPort())) {
      RegistrySettings registry = RegistrySettings.of("http://127.0.0.1:" + port);

      assertThatThrownBy(() -> Reach.registry(registry, Duration.ofSeconds(1)))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("http://127.0.0.1:" + port + " did not answer within 1 s");
    }
  }

  @Test
  void aRegistryThatAsksForCredentialsIsThere() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    try {
      RegistrySettings registry =
          RegistrySettings.of("http://127.0.0.1:" + server.getAddress().getPort());

      assertThatCode(() -> Reach.registry(registry, Duration.ofSeconds(10)))
          .doesNotThrowAnyException();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void coversEveryCommandThatTalksToAServer() throws IOException {
    List<String> tried =
        commands(closed).stream().map(command -> command.getFirst()).distinct().toList();
    List<String> others =
        List.of("demo", "up", "bench", "simulate", "edge", "stream", "sources", "topology");

    assertThat(Main.commands().getSubcommands().keySet())
        .as("a new command belongs to one of the lists")
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(tried.stream(), others.stream()).toList());
  }
}
