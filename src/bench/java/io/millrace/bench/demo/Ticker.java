package io.millrace.bench.demo;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task four times a second until it is closed. */
final class Ticker implements AutoCloseable {
  private static final long EVERY_MS = 250;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-progress");
            thread.setDaemon(true);
            return thread;
          });

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the timer; a failure only stops it.
  Ticker(Runnable task) {
    timer.scheduleAtFixedRate(task, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
