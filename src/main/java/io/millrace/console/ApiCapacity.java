package io.millrace.console;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many requests the operator API works on at once: masking costs CPU time, which the
 * edge of the same process needs. Thread-safe.
 */
final class ApiCapacity {
  private static final int AT_ONCE = 2;
  private static final int WAITING = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore places = new Semaphore(AT_ONCE, true);

  /** Returns a handler that waits for its turn, and is refused if it has to wait too long. */
  Handler limit(Handler costly) {
    return context -> handle(costly, context);
  }

  private void handle(Handler costly, Context context) throws Exception {
    boolean isCrowded = places.getQueueLength() >= WAITING;
    if (isCrowded || !places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      context.header("Retry-After", String.valueOf(PATIENCE.toSeconds()));
      throw new ApiProblem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "The console is busy: it answers "
              + AT_ONCE
              + " questions about deliveries at once, so that the edge is not slowed down; try"
              + " again in a few seconds");
    }
    try {
      costly.handle(context);
    } finally {
      places.release();
    }
  }
}
