package io.millrace;

import io.millrace.app.DeliveryLogFactory;
import io.millrace.app.Exit;
import io.millrace.app.KafkaLogs;
import io.millrace.app.TrainingTraffic;
import io.millrace.cli.EdgeCommand;
import io.millrace.console.Logging;
import io.millrace.edge.DeliveryLog;
import io.millrace.event.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Does what a typical start does, so that the JVM can record what it learned: which classes are
 * needed and, from JDK 25 on, how the hot methods behave. The launcher and the image build run it
 * once with the option that writes the archive, and every later start uses that archive.
 *
 * <p>It runs an edge with a log in memory and sends it signed requests of several providers. It
 * needs neither Kafka nor any files except those it creates. Its output does not matter.
 */
public final class Training {
  /** Names a jar with {@link TrainingTraffic} that is not on the class path. */
  private static final String TRAFFIC_JAR = "millrace.training.traffic";

  /** A training that hangs must not hold up a build. */
  private static final Duration AT_MOST = Duration.ofMinutes(10);

  private Training() {}

  /**
   * Ends with 0, or with 1 if something did not work as expected; the archive is then useless.
   *
   * @param arguments {@code commands} for the short commands, {@code edge} for the edge
   */
  public static void main(String[] arguments) throws Exception {
    endAfter(AT_MOST);
    Logging.gather();
    Path folder = Files.createTempDirectory("millrace-training");
    try {
      boolean learned =
          switch (arguments.length == 1 ? arguments[0] : "") {
            case "commands" -> commandsWork(folder);
            case "edge" -> edgeWorks(folder);
            default -> false;
          };
      deleteFiles(folder);
      System.exit(learned ? Exit.DONE : Exit.NO);
    } finally {
      // Threads of the edge would keep a process alive that failed.
      System.exit(Exit.NO);
    }
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void endAfter(Duration time) {
    Thread.ofPlatform()
        .daemon()
        .name("training-limit")
        .start(
            () -> {
              try {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(Exit.NO);
            });
  }

  /** The commands that people wait for, and a mistyped one: error handling needs classes too. */
  private static boolean commandsWork(Path folder) throws IOException {
    Path request = folder.resolve("request.json");
    Files.writeString(
        request,
        """
        {"secrets": ["not-the-one"], "nowMs": 1700000000000, "request": {"method": "POST",
         "url": "https://example.com/in/shop", "headers": {"X-Signature": "00"}, "bodyBase64": "e30="}}
        """);
    return Main.run("--help") == Exit.DONE
        && Main.run("sources", "--help") == Exit.DONE
        && Main.run("no-such-command") == Exit.USAGE
        && Main.run("sources", "list", "--sources", folder.toString()) == Exit.DONE
        && Main.run(
                "sources", "test", "--provider", "generic-hmac", "--request", request.toString())
            == Exit.NO;
  }

  private static boolean edgeWorks(Path folder) throws IOException, InterruptedException {
    TrainingTraffic traffic = traffic();
    int port = freePort();
    traffic.connect(folder);
    startEdge(folder, port);
    awaitPort(port);
    return traffic.send(folder, port);
  }

  /**
   * From the class path, or from the jar named by the property: an archive is valid only for the
   * class path it was created with, which for an image does not contain that jar.
   */
  private static TrainingTraffic traffic() throws IOException {
    String jar = System.getProperty(TRAFFIC_JAR);
    ClassLoader loader =
        jar == null
            ? Training.class.getClassLoader()
            : new URLClassLoader(
                new URL[] {Path.of(jar).toUri().toURL()}, Training.class.getClassLoader());
    return ServiceLoader.load(TrainingTraffic.class, loader)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No TrainingTraffic found: put millrace-bench.jar on the class path, or set"
                        + " its path with -D"
                        + TRAFFIC_JAR));
  }

  /** The edge runs until the process ends. */
  private static void startEdge(Path sources, int port) {
    Thread.ofPlatform()
        .daemon()
        .name("training-edge")
        .start(
            () -> {
              if (runEdge(sources, port) != Exit.DONE) {
                // Its port would never answer.
                Runtime.getRuntime().halt(Exit.NO);
              }
            });
  }

  private static int runEdge(Path sources, int port) {
    return new CommandLine(new EdgeCommand(inMemory(new KafkaLogs())))
        .execute(
            "--sources",
            sources.toString(),
            "--set",
            "edge.port=" + port,
            "--set",
            "console.port=0",
            // No broker is there; how clients behave without one is recorded too.
            "--set",
            "kafka.bootstrap.servers=127.0.0.1:1",
            "--set",
            "registry.url=http://127.0.0.1:1");
  }

  /** The log is opened as usual, but appended deliveries are only encoded, not sent. */
  private static DeliveryLogFactory inMemory(DeliveryLogFactory logs) {
    return (config, registry, spreads) -> {
      logs.open(config, registry, spreads);
      return new DeliveryLog() {
        @Override
        public CompletionStage<Void> append(Delivery delivery) {
          try {
            Delivery.getEncoder().encode(delivery);
            return CompletableFuture.completedFuture(null);
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        }

        @Override
        public boolean isReady() {
          return true;
        }
      };
    };
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws InterruptedException {
    while (true) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }
}
