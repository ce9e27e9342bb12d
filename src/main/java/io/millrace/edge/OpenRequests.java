package io.millrace.edge;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Knows how many requests are being answered, up to the last byte of their answers. */
final class OpenRequests extends Handler.Wrapper {
  private final Object monitor = new Object();
  private int count;

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    change(1);
    Request.addCompletionListener(request, failure -> change(-1));
    return super.handle(request, response, callback);
  }

  /** Waits until none is left; false if some are after all that time. */
  boolean awaitNone(Duration atMost) throws InterruptedException {
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
