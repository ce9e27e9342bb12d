package io.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.FailedRun;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system as a user starts it, killed in the middle of its work. */
class DemoIT {
  private static final List<Integer> PORTS = List.of(8080, 8081, 8083, 8090, 9092, 9093, 15432);

  @TempDir private static Path directory;

  @Test
  void balancesAlthoughItWasKilledInBetween() throws Exception {
    try {
      runs(freeOffset());
    } catch (Throwable failure) {
      // The directory is gone after the test, and a console message alone rarely shows the cause.
      failure.addSuppressed(new AssertionError(FailedRun.keep(directory, "DemoIT")));
      throw failure;
    }
  }

  private static void runs(int offset) throws Exception {
    Process killed = demo(offset, "killed.txt");
    await("the demo to be in the middle of its work")
        .atMost(Duration.ofMinutes(2))
        .until(() -> !killed.isAlive() || answered() > 60);
    assertThat(killed.isAlive()).describedAs(output("killed.txt")).isTrue();
    killed.destroyForcibly().waitFor();

    Process continued = demo(offset, "continued.txt");
    assertThat(continued.waitFor(4, TimeUnit.MINUTES))
        .describedAs(output("continued.txt"))
        .isTrue();

    assertThat(continued.exitValue()).describedAs(output("continued.txt")).isZero();
    assertThat(output("continued.txt"))
        .contains("Continuing run r1")
        .contains("accepted events = ordered + duplicate + late + dead")
        .contains("BALANCED");
    assertThat(PORTS).allMatch(port -> isFree(port + offset));

    auditsWhatTheDemoLeft(offset);
  }

  /** The flow does not run any more: the topics are all the audit has, and all it needs. */
  private static void auditsWhatTheDemoLeft(int offset) throws Exception {
    Process stack = millrace(offset, "up.txt", "up", "--data", data());
    try {
      await("the stack to be up again")
          .atMost(Duration.ofMinutes(2))
          .until(() -> !stack.isAlive() || output("up.txt").contains("Ctrl-C stops the stack"));
      assertThat(audit(offset, "balanced.txt")).describedAs(output("balanced.txt")).isZero();
      assertThat(output("balanced.txt")).endsWith("BALANCED\n").doesNotContain("NOT BALANCED");

      try (TamperedTopic ordered = new TamperedTopic(9092 + offset, "events-ordered")) {
        String missing = ordered.removeFirst();
        List<String> doubled = ordered.doubleLast();
        assertThat(audit(offset, "tampered.txt")).describedAs(output("tampered.txt")).isOne();
        assertThat(output("tampered.txt"))
            .contains("MISSING  ", missing, "DOUBLED  ")
            .contains(doubled)
            .endsWith("NOT BALANCED: 1 MISSING, 1 DOUBLED\n");
      }

      try (TamperedTopic deliveries = new TamperedTopic(9092 + offset, "deliveries-received")) {
        deliveries.doubleLast();
        assertThat(audit(offset, "behind.txt")).describedAs(output("behind.txt")).isOne();
        assertThat(output("behind.txt"))
            .contains("Under way: millrace-normalize has read deliveries-received-")
            .endsWith("NOT BALANCED: 1 DOUBLED\n");
      }
    } finally {
      stack.destroy();
      stack.waitFor();
    }
  }

  private static int audit(int offset, String output) throws Exception {
    String config = directory.resolve("data").resolve("stack.properties").toString();
    return millrace(offset, output, "audit", "--config", config, "--wait", "PT1S").waitFor();
  }

  private static Process demo(int offset, String output) throws IOException {
    return millrace(offset, output, "demo", "--exit", "--events", "400", "--data", data());
  }

  private static String data() {
    return directory.resolve("data").toString();
  }

  private static Process millrace(int offset, String output, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dmillrace.home=" + Path.of("").toAbsolutePath(),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--port-offset", Integer.toString(offset)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(directory.resolve(output).toFile()))
        .start();
  }

  private static String output(String file) throws IOException {
    return Files.readString(directory.resolve(file), UTF_8);
  }

  /** Requests the simulator has had an answer to, by its own journal. */
  private static long answered() throws IOException {
    Path journals = directory.resolve("data").resolve("demo");
    if (!Files.isDirectory(journals)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(journals)) {
      long answered = 0;
      for (Path journal : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
        answered +=
            Files.readString(journal).lines().filter(line -> line.contains("answered")).count();
      }
      return answered;
    }
  }

  private static int freeOffset() {
    return IntStream.iterate(20_000, offset -> offset < 40_000, offset -> offset + 137)
        .filter(offset -> PORTS.stream().allMatch(port -> isFree(port + offset)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
