package io.millrace.edge.wire;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections whose next request does not arrive in time. A sender that sends its headers one
 * byte at a time is never silent, so the idle timeout alone would never close its connection; and
 * one that does not close its side after we have closed ours would keep its place for as long
 * again.
 */
final class SlowHeaders extends Handler.Wrapper implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SlowHeaders.class);
  private static final int CHECKS_PER_TIMEOUT = 4;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Enough to receive the last answer, which a reset would cut off. */
  private static final long FAREWELL_NANOS = Duration.ofSeconds(2).toNanos();

  /** The state of a connection; guarded by itself. */
  private static final class Progress {
    private int answering;
    private long waitingSince = System.nanoTime();
    private Optional<Long> closedSince = Optional.empty();

    synchronized void change(int by) {
      answering += by;
      waitingSince = System.nanoTime();
    }

    synchronized boolean waitsLongerThan(long nanos) {
      return answering == 0 && System.nanoTime() - waitingSince > nanos;
    }

    /** Whether our side of the connection has been closed for a while. */
    synchronized boolean isOver(boolean closed) {
      long now = System.nanoTime();
      closedSince = closed ? closedSince.or(() -> Optional.of(now)) : Optional.empty();
      return closedSince.filter(since -> now - since > FAREWELL_NANOS).isPresent();
    }
  }

  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
  private final Duration timeout;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("edge-slow-headers").factory());

  /**
   * @param timeout how long the headers of a request may take; no shorter than the idle timeout
   */
  SlowHeaders(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public void onOpened(Connection connection) {
    // TLS connections wrap an HTTP connection, and requests arrive on the latter.
    if (!(connection instanceof SslConnection)) {
      open.put(connection, new Progress());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Progress progress =
        open.getOrDefault(request.getConnectionMetaData().getConnection(), new Progress());
    progress.change(1);
    Request.addCompletionListener(request, failure -> progress.change(-1));
    return super.handle(request, response, callback);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    long millis = Math.clamp(timeout.toMillis() / CHECKS_PER_TIMEOUT, 1, LONGEST_PAUSE_MILLIS);
    // Runs until the executor is shut down.
    var unused = watch.scheduleWithFixedDelay(this::check, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() throws Exception {
    watch.shutdownNow();
    super.doStop();
  }

  private void check() {
    open.forEach(
        (connection, progress) -> {
          EndPoint end = connection.getEndPoint();
          try {
            if (progress.isOver(end.isOutputShutdown())
                || progress.waitsLongerThan(timeout.toNanos())) {
              Connections.abort(end);
            }
          } catch (RuntimeException failure) {
            // Thrown on, it would end the checks of all others.
            LOG.warn("A slow connection could not be closed", failure);
          }
        });
  }
}
