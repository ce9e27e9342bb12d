package io.millrace.bench.hostile;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Something that strangers do to the edge again and again, without knowing any secret. */
final class Attack {
  private static final long PAUSE_MILLIS = 1_000;

  /** One attempt, until the edge has ended it. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Makes it.
     *
     * @param number distinguishes attempts
     * @return the status of the answer
     * @throws IOException if the connection was closed or refused
     */
    int make(long number) throws IOException, InterruptedException;
  }

  private final String name;
  private final int atOnce;
  private final Attempt attempt;
  private final LongAdder made = new LongAdder();
  private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();

  /**
   * @param atOnce how many attempts are under way at a time
   */
  Attack(String name, int atOnce, Attempt attempt) {
    this.name = name;
    this.atOnce = atOnce;
    this.attempt = attempt;
  }

  String name() {
    return name;
  }

  int atOnce() {
    return atOnce;
  }

  /** Attempts until interrupted. */
  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      made.increment();
      try {
        count(Integer.toString(attempt.make(made.sum())));
      } catch (IOException closed) {
        count("closed");
        pause();
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void count(String end) {
    ends.computeIfAbsent(end, unseen -> new LongAdder()).increment();
  }

  /** Opening connections as fast as they are closed would measure the network, not the edge. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** How its attempts ended so far: statuses, or closed connections. */
  String describe() {
    return "%s: %,d attempts, ended %s".formatted(name, made.sum(), new TreeMap<>(ends));
  }
}
