package io.millrace.bench.measure;

import io.millrace.bench.load.EdgeRequests;
import io.millrace.bench.load.HttpLoad;
import io.millrace.bench.load.OpenLoop;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchFailure;
import io.millrace.bench.stack.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A server in its own process, and its measurements. */
final class ServerUnderLoad implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

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
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isReady(http)) {
        if (!process.isAlive()) {
          throw new BenchFailure(title + " ended by itself:\n" + process.lastWords());
        }
        if (System.nanoTime() > deadline) {
          throw new BenchFailure(
              "%s was not ready within %d s:\n%s"
                  .formatted(title, START_PATIENCE.toSeconds(), process.lastWords()));
        }
        BenchCluster.pause();
      }
    }
    load = Optional.of(new HttpLoad(port, connections, requests));
  }

  private boolean isReady(HttpClient http) {
    URI health = URI.create("http://127.0.0.1:" + port + "/health/ready");
    try {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("The benchmark was interrupted");
    }
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
