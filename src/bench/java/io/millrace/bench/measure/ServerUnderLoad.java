package io.millrace.bench.measure;

import io.millrace.bench.load.EdgeRequests;
import io.millrace.bench.load.HttpLoad;
import io.millrace.bench.load.OpenLoop;
import io.millrace.bench.setup.BenchServer;
import io.millrace.bench.stack.ChildJvm;
import java.time.Duration;
import java.util.Optional;

/** A server in its own process, and its measurements. */
final class ServerUnderLoad implements AutoCloseable {
  private final String title;
  private final ChildJvm process;
  private final int port;
  private final int connections;
  private final EdgeRequests requests;
  private Optional<HttpLoad> load = Optional.empty();
  private Optional<OpenLoop> arrivals = Optional.empty();
  private long answered;
  private long nanos;
  private Optional<Duration> cpu = Optional.of(Duration.ZERO);

  ServerUnderLoad(
      String title, ChildJvm process, int port, int connections, EdgeRequests requests) {
    this.title = title;
    this.process = process;
    this.port = port;
    this.connections = connections;
    this.requests = requests;
  }

  String title() {
    return title;
  }

  /** Waits until it is ready, and connects. */
  void connect() {
    BenchServer.awaitReady(title, process, port);
    load = Optional.of(new HttpLoad(port, connections, requests));
  }

  /** Runs full load without measuring. */
  void warmUp(Duration time) {
    load.orElseThrow().saturate(time);
  }

  /** Measures full load; the results of several calls are combined. */
  void saturate(Duration time) {
    HttpLoad full = load.orElseThrow();
    Optional<Duration> cpuBefore = process.cpu();
    long answeredBefore = full.accepted() + full.refused();
    long begin = System.nanoTime();
    full.saturate(time);
    nanos += System.nanoTime() - begin;
    answered += full.accepted() + full.refused() - answeredBefore;
    Optional<Duration> cpuAfter = process.cpu();
    cpu =
        cpu.flatMap(
            sum ->
                cpuBefore.flatMap(before -> cpuAfter.map(after -> sum.plus(after.minus(before)))));
  }

  /** Measures latencies at a given rate. */
  void arrive(double rate, Duration time, long seed) {
    long begin = System.nanoTime();
    OpenLoop loop = new OpenLoop(rate, begin, begin + time.toNanos(), seed);
    load.orElseThrow().arrive(loop);
    arrivals = Optional.of(loop);
  }

  /** Requests per second at full load. */
  double rate() {
    return answered / (nanos / 1e9);
  }

  /** CPU time per request at full load, in microseconds; empty if the system does not report it. */
  Optional<Double> cpuMicros() {
    return cpu.map(sum -> sum.toNanos() / 1_000.0 / answered);
  }

  double latencyMillis(double percentile) {
    return arrivals.orElseThrow().millis(percentile);
  }

  long accepted() {
    return load.map(HttpLoad::accepted).orElse(0L);
  }

  long refused() {
    return load.map(HttpLoad::refused).orElse(0L);
  }

  int lastRefusal() {
    return load.map(HttpLoad::lastRefusal).orElse(0);
  }

  @Override
  public void close() {
    process.close();
  }
}
