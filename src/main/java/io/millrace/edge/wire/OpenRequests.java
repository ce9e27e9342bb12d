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

/** Tracks the requests in progress, up to the last byte of their answers. */
public final class OpenRequests extends Handler.Wrapper {
  private final Object monitor = new Object();
  private final InFlight inFlight = new InFlight();
  private final Clock clock;
  private int count;

  public OpenRequests(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Instant begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    inFlight.begin(begun);
    change(1);
    Request.addCompletionListener(
        request,
        failure -> {
          change(-1);
          inFlight.end(begun);
        });
    return super.handle(request, response, callback);
  }

  /** The start of the earliest request in progress; none of them arrived earlier. */
  public Optional<Instant> earliest() {
    return inFlight.earliest();
  }

  /** Waits until none is in progress; false if some still are after that time. */
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
