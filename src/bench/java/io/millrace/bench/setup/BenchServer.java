package io.millrace.bench.setup;

import io.millrace.bench.stack.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Starts servers that a benchmark measures. */
public final class BenchServer {
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private BenchServer() {}

  /** A port of 127.0.0.1 that nobody listens on now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("There is no free port", failure);
    }
  }

  /**
   * Returns once a server reports that it is ready.
   *
   * @param title what it is called in messages
   * @throws BenchFailure when it ends or takes longer than two minutes, with its last words
   */
  public static void awaitReady(String title, ChildJvm process, int port) {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isReady(http, port)) {
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
  }

  private static boolean isReady(HttpClient http, int port) {
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
}
