package io.millrace.edge.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Knows how many requests are being answered, up to the last byte of their answers. */
public final class OpenRequests extends Handler.Wrapper {
  private final Object monitor = new Object();
  private final Undecided undecided = new Undecided();
  private final Clock clock;
  private int count;

  public OpenRequests(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Instant begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    undecided.begin(begun);
    change(1);
    Request.addCompletionListener(
        request,
        failure -> {
          change(-1);
          undecided.end(begun);
        });
    return super.handle(request, response, callback);
  }

  /** When the earliest of them began; none of them arrived before. */
  public Optional<Instant> earliest() {
    return undecided.earliest();
  }

  /** Waits until none is left; false if some are after all that time. */
  public boolean awaitNone(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (monitor) {
      while (count > 0) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(monitor, left);
      }
      return true;
    }
  }

  private void change(int by) {
    synchronized (monitor) {
      count += by;
      monitor.notifyAll();
    }
  }
}
