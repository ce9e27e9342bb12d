package io.millrace.bench.hostile;

import io.millrace.bench.result.BenchResult;
import io.millrace.bench.result.Figure;
import io.millrace.bench.result.Machine;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.BenchFailure;
import io.millrace.bench.setup.BenchServer;
import io.millrace.bench.stack.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Runs an edge with a small heap in a process of its own, attacks it in every way that is known,
 * and measures what genuine senders notice. All attackers are on this machine and take CPU from the
 * edge, so latencies are those of an overloaded machine.
 */
public final class HostileBench {
  /** The share of genuine deliveries that must be answered 200 at the first attempt, in percent. */
  static final double LEAST_ACCEPTED = 99;

  private static final double MOST_P99_MILLIS = 5_000;
  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final double PERCENT = 100;
  private static final double PERCENTILE_50 = 50;
  private static final double PERCENTILE_99 = 99;
  private static final String QUIET = "without attacks";
  private static final String ATTACKED = "under attack";

  private final Options options;
  private final BenchDirectory directory;
  private final Consumer<String> say;
  private final String secret;
  private final int port = BenchServer.freePort();
  private final int consolePort = BenchServer.freePort();

  /**
   * What to run.
   *
   * @param time how long to attack
   * @param heapMegabytes the edge's heap
   * @param seed seed of everything random
   */
  public record Options(Duration time, int heapMegabytes, long seed) {}

  private HostileBench(Options options, BenchDirectory directory, Consumer<String> say) {
    this.options = options;
    this.directory = directory;
    this.say = say;
    this.secret = "seed-of-the-soak-" + options.seed();
  }

  /**
   * Attacks and measures.
   *
   * @param mainClass the program, started once for the edge
   * @throws BenchFailure when it produces no figures
   */
  public static BenchResult run(
      Options options,
      BenchDirectory directory,
      String mainClass,
      Consumer<String> say,
      Clock clock) {
    return new HostileBench(options, directory, say).run(mainClass, clock);
  }

  private BenchResult run(String mainClass, Clock clock) {
    say.accept("Starting an edge with a heap of " + options.heapMegabytes() + " MB ...");
    try (ChildJvm edge =
        directory.start(
            mainClass,
            arguments(),
            List.of("-Xmx" + options.heapMegabytes() + "m", "-XX:+ExitOnOutOfMemoryError"),
            "edge.log")) {
      BenchServer.awaitReady("The edge", edge, port);
      GenuineSenders quiet = new GenuineSenders(port, secret);
      GenuineSenders attacked = new GenuineSenders(port, secret);
      List<Attack> attacks = new Attacks(port, consolePort, options.seed()).all();
      try {
        quiet.sendFor(BEFORE);
        say.accept("Attacking for " + options.time().toSeconds() + " s ...");
        attack(attacks, attacked);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("The soak was stopped.");
      }
      return result(edge, quiet, attacked, attacks, clock);
    }
  }

  private void attack(List<Attack> attacks, GenuineSenders genuine) throws InterruptedException {
    ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (Attack attack : attacks) {
        for (int number = 0; number < attack.atOnce(); number++) {
          attackers.execute(attack::run);
        }
      }
      genuine.sendFor(options.time());
    } finally {
      attackers.shutdownNow();
    }
  }

  private BenchResult result(
      ChildJvm edge,
      GenuineSenders quiet,
      GenuineSenders attacked,
      List<Attack> attacks,
      Clock clock) {
    List<Figure> figures = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    figures.addAll(figures(QUIET, quiet));
    figures.addAll(figures(ATTACKED, attacked));
    edge.peakMemoryMegabytes()
        .ifPresent(peak -> figures.add(Figure.of(ATTACKED, "most memory MB", peak)));
    List<String> notes = new ArrayList<>(attacks.stream().map(Attack::describe).toList());
    notes.add("Genuine deliveries that were not answered with 200: " + attacked.others());
    if (!edge.isAlive()) {
      wrong.add("The edge ended by itself: " + edge.lastWords());
    }
    if (percent(attacked) < LEAST_ACCEPTED) {
      wrong.add(
          "Only %,d of %,d genuine deliveries were answered with 200"
              .formatted(attacked.accepted(), attacked.sent()));
    }
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("seconds", options.time().toSeconds() + " s");
    setting.put("heap", options.heapMegabytes() + " MB heap");
    setting.put("seed", "seed " + options.seed());
    setting.putAll(Machine.setting());
    return new BenchResult("hostile", clock.instant(), setting, figures, notes, wrong);
  }

  private static List<Figure> figures(String subject, GenuineSenders genuine) {
    Figure accepted = Figure.of(subject, "genuine answered 200, %", percent(genuine));
    Figure p99 = Figure.of(subject, "p99 ms", genuine.millis(PERCENTILE_99));
    boolean isLimited = subject.equals(ATTACKED);
    return List.of(
        Figure.of(subject, "genuine deliveries", (double) genuine.sent()),
        isLimited ? accepted.atLeast(LEAST_ACCEPTED) : accepted,
        Figure.of(subject, "p50 ms", genuine.millis(PERCENTILE_50)),
        isLimited ? p99.atMost(MOST_P99_MILLIS) : p99);
  }

  private static double percent(GenuineSenders genuine) {
    return PERCENT * genuine.accepted() / Math.max(1, genuine.sent());
  }

  private List<String> arguments() {
    Path sources = directory.folder("sources");
    try {
      Files.writeString(sources.resolve("soak.secret"), secret);
      for (Map.Entry<String, String> source :
          Map.of(
                  "forms", "generic-hmac",
                  "boards", "monday",
                  "mails", "mailgun",
                  "calls", "twilio")
              .entrySet()) {
        Files.writeString(
            sources.resolve(source.getKey() + ".yaml"),
            """
            source: %s
            provider: %s
            publicUrl: as-received
            secrets: [{ref: file:soak.secret}]
            """
                .formatted(source.getKey(), source.getValue()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write the sources to " + sources, failure);
    }
    return List.of(
        "bench",
        "edge-in-memory",
        "--sources",
        sources.toString(),
        "--set",
        "edge.port=" + port,
        "--set",
        "console.port=" + consolePort);
  }
}
