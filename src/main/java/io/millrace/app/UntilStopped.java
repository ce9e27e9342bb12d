package io.millrace.app;

import java.util.concurrent.CountDownLatch;

/** Waits for Ctrl-C or SIGTERM, which close what has been started by then. */
public final class UntilStopped {
  private final CountDownLatch stopped = new CountDownLatch(1);

  private UntilStopped() {}

  /** From now on, the end of the process closes these parts first. */
  public static UntilStopped closing(AutoCloseable parts, String threadName) {
    UntilStopped waiting = new UntilStopped();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    parts.close();
                  } catch (Exception failure) {
                    System.err.println("millrace: while stopping: " + failure);
                  } finally {
                    waiting.stopped.countDown();
                  }
                },
                threadName));
    return waiting;
  }

  public void await() throws InterruptedException {
    stopped.await();
  }
}
