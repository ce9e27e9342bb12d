package io.millrace.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Tells the person at the terminal what a command is waiting for, if that takes longer than they
 * expect: a command that says nothing looks like one that hangs.
 */
public final class Waiting {
  /** Ordinary answers take less; five seconds of silence are too many. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private Waiting() {}

  /**
   * Does some work that depends on another process.
   *
   * @param what printed on standard error if the work takes longer than two seconds
   */
  public static <T> T on(CommandSpec command, String what, Supplier<T> work) {
    CountDownLatch done = new CountDownLatch(1);
    Thread notice =
        Thread.ofVirtual()
            .start(
                () -> {
                  if (!happensSoon(done)) {
                    Say.to(command, what);
                  }
                });
    try {
      return work.get();
    } finally {
      done.countDown();
      notice.interrupt();
    }
  }

  /** The same for work without a result. */
  public static void on(CommandSpec command, String what, Runnable work) {
    on(
        command,
        what,
        () -> {
          work.run();
          return true;
        });
  }

  /** Returns immediately, and says something if a condition is still false two seconds later. */
  public static void unlessSoon(CommandSpec command, BooleanSupplier condition, String what) {
    Thread.ofVirtual()
        .start(
            () -> {
              if (!happensSoon(new CountDownLatch(1)) && !condition.getAsBoolean()) {
                Say.to(command, what);
              }
            });
  }

  private static boolean happensSoon(CountDownLatch done) {
    try {
      return done.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException doneAlready) {
      return true;
    }
  }
}
