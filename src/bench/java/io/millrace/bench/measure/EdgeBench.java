package io.millrace.bench.measure;

import io.millrace.bench.load.BenchSources;
import io.millrace.bench.load.EdgeRequests;
import io.millrace.bench.result.BenchResult;
import io.millrace.bench.result.Figure;
import io.millrace.bench.result.Machine;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.BenchFailure;
import io.millrace.bench.setup.BenchServer;
import io.millrace.bench.stack.ChildJvm;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicOffsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the edge with a server that does nothing. Every server runs in its own process; they
 * take turns under load, so that fluctuations of the machine affect all alike.
 */
public final class EdgeBench {
  /** CPU time per durable acknowledgement, in microseconds. */
  static final double MOST_CPU_MICROS = 70;

  /** Share of the bare server's rate. */
  static final double LEAST_RATE = 0.6;

  /** Latency at half of its maximum rate, in milliseconds. */
  static final double MOST_P99_MILLIS = 10;

  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 3;
  private static final double HALF = 0.5;
  private static final int PERCENTILE_50 = 50;
  private static final int PERCENTILE_99 = 99;
  private static final String RATE = "requests/s";
  private static final String CPU = "CPU µs/request";

  private final Options options;
  private final BenchCluster cluster;
  private final BenchDirectory directory;
  private final String mainClass;
  private final String secret;
  private final Path sources;
  private final Consumer<String> say;
  private final Clock clock;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * What to measure.
   *
   * @param seconds how long each server is warmed up, and measured, at full and at half load
   * @param seed seed of everything random
   * @param isSigned whether senders sign; otherwise they send a key
   */
  public record Options(int seconds, long seed, boolean isSigned) {}

  private EdgeBench(
      Options options,
      BenchCluster cluster,
      BenchDirectory directory,
      String mainClass,
      Consumer<String> say,
      Clock clock) {
    this.options = options;
    this.cluster = cluster;
    this.directory = directory;
    this.mainClass = mainClass;
    this.secret = "seed-of-the-mix-" + options.seed();
    this.sources =
        BenchSources.write(
            directory.folder("sources"), options.isSigned() ? "envelope" : "api-key", secret);
    this.say = say;
    this.clock = clock;
  }

  /**
   * Measures.
   *
   * @param cluster the cluster that the edge writes to, used by nothing else
   * @param directory for logs
   * @param mainClass the program, started once for each server
   * @param say receives progress messages
   * @throws BenchFailure when it produces no figures
   */
  public static BenchResult run(
      Options options,
      BenchCluster cluster,
      BenchDirectory directory,
      String mainClass,
      Consumer<String> say,
      Clock clock) {
    return new EdgeBench(options, cluster, directory, mainClass, say, clock).run();
  }

  private BenchResult run() {
    List<ServerUnderLoad> servers = new ArrayList<>();
    try {
      servers.add(bare());
      servers.add(edge("edge, log in memory", "bench", "edge-in-memory"));
      servers.add(edge("edge", "edge"));
      measure(servers);
      tell(servers);
      check(servers.getLast());
    } finally {
      servers.forEach(ServerUnderLoad::close);
    }
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("seconds", options.seconds() + " s at full and at half load");
    setting.put("connections", CONNECTIONS + " connections");
    setting.put("proof", options.isSigned() ? "signed bodies" : "a key in a header");
    setting.put("seed", "seed " + options.seed());
    setting.putAll(Machine.setting());
    return new BenchResult("edge", clock.instant(), setting, figures, notes, wrong);
  }

  private ServerUnderLoad bare() {
    int port = BenchServer.freePort();
    return started(
        "bare server", port, List.of("bench", "bare-server", Integer.toString(port)), "bare");
  }

  private ServerUnderLoad edge(String title, String... command) {
    int port = BenchServer.freePort();
    Map<String, String> settings =
        Map.of(
            "edge.port", Integer.toString(port),
            "console.port", "0",
            "kafka.bootstrap.servers", cluster.endpoints().bootstrapServers(),
            "registry.url", cluster.endpoints().confluentUrl());
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--sources", sources.toString()));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return started(title, port, arguments, command[command.length - 1]);
  }

  private ServerUnderLoad started(String title, int port, List<String> arguments, String log) {
    say.accept("Starting: " + title + " ...");
    ChildJvm process = directory.start(mainClass, arguments, log + ".log");
    return new ServerUnderLoad(
        title,
        process,
        port,
        CONNECTIONS,
        new EdgeRequests(secret, options.isSigned(), options.seed()));
  }

  private void measure(List<ServerUnderLoad> servers) {
    Duration whole = Duration.ofSeconds(options.seconds());
    for (ServerUnderLoad server : servers) {
      say.accept("Warming up: " + server.title() + " ...");
      server.connect();
      server.warmUp(whole);
    }
    say.accept("Measuring at full load ...");
    for (int round = 0; round < ROUNDS; round++) {
      servers.forEach(server -> server.saturate(whole.dividedBy(ROUNDS)));
    }
    say.accept("Measuring at half load ...");
    servers.forEach(server -> server.arrive(server.rate() * HALF, whole, options.seed()));
  }

  private void tell(List<ServerUnderLoad> servers) {
    ServerUnderLoad bare = servers.getFirst();
    for (ServerUnderLoad server : servers) {
      boolean isBare = server == bare;
      boolean isLimited = server == servers.getLast();
      Figure rate = Figure.of(server.title(), RATE, server.rate());
      if (!isBare) {
        rate = rate.against(Figure.of(bare.title(), RATE, bare.rate()));
      }
      figures.add(isLimited ? rate.ratioAtLeast(LEAST_RATE) : rate);
      server
          .cpuMicros()
          .ifPresent(
              cpu -> {
                Figure figure = Figure.of(server.title(), CPU, cpu);
                if (!isBare && bare.cpuMicros().isPresent()) {
                  figure = figure.against(Figure.of(bare.title(), CPU, bare.cpuMicros().get()));
                }
                figures.add(isLimited ? figure.atMost(MOST_CPU_MICROS) : figure);
              });
      figures.add(
          Figure.of(server.title(), "p50 ms at half load", server.latencyMillis(PERCENTILE_50)));
      Figure p99 =
          Figure.of(server.title(), "p99 ms at half load", server.latencyMillis(PERCENTILE_99));
      figures.add(isLimited ? p99.atMost(MOST_P99_MILLIS) : p99);
      if (server.refused() > 0) {
        wrong.add(
            "%s: %,d requests were answered %d"
                .formatted(server.title(), server.refused(), server.lastRefusal()));
      }
    }
    if (bare.cpuMicros().isEmpty()) {
      notes.add("CPU is not available: this system does not report the CPU time of a process.");
    }
  }

  /** Everything acknowledged must be on the topic. */
  private void check(ServerUnderLoad edge) {
    try (TopicOffsets offsets = new TopicOffsets(cluster.kafka())) {
      long stored =
          offsets.ends(Topics.DELIVERIES_RECEIVED.name()).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      notes.add(
          "The edge acknowledged %,d deliveries; %,d are on deliveries-received."
              .formatted(edge.accepted(), stored));
      if (stored < edge.accepted()) {
        wrong.add(
            "%,d acknowledged deliveries are not on deliveries-received"
                .formatted(edge.accepted() - stored));
      }
    }
  }
}
