package io.millrace.app;

import java.util.concurrent.CountDownLatch;

/** Waits for Ctrl-C or SIGTERM, and closes what has been started by then. */
public final class UntilStopped {
  private final CountDownLatch stopped = new CountDownLatch(1);

  private UntilStopped() {}

  /** From now on, these parts are closed before the process ends. */
  public static UntilStopped closing(AutoCloseable parts, String threadName) {
    UntilStopped waiting = new UntilStopped();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    parts.close();
                  } catch (Exception failure) {
                    System.err.println("millrace: failure while stopping: " + failure);
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
