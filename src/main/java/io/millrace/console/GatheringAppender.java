package io.millrace.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes log lines to standard output in batches of a few milliseconds, from its own thread.
 * Otherwise every line costs a system call and a new JSON generator: encoders keep generators per
 * thread, and each request is answered by a new thread.
 *
 * <p>No line is dropped, and the order is kept. Warnings and errors are written before the logging
 * call returns, together with all lines before them. The same happens to every line while the
 * process exits, or when too many lines are waiting.
 */
public final class GatheringAppender extends ConsoleAppender<ILoggingEvent> {
  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_NANOS = 5_000_000;

  private final Queue<ILoggingEvent> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Object writing = new Object();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("log-writer").unstarted(this::writeLoop);
  private final Thread atExit = Thread.ofPlatform().name("log-exit").unstarted(this::writeAtOnce);
  private volatile boolean idle;
  private volatile boolean atOnce;

  @Override
  public void start() {
    super.start();
    if (isStarted()) {
      Runtime.getRuntime().addShutdownHook(atExit);
      writer.start();
    }
  }

  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The process is already exiting, so the hook runs anyway.
    }
    writeAtOnce();
    LockSupport.unpark(writer);
    synchronized (writing) {
      super.stop();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    // Captures what is available only now and in this thread: its name, the arguments, the context.
    event.prepareForDeferredProcessing();
    waiting.add(event);
    boolean many = count.incrementAndGet() > MOST_WAITING;
    if (many || atOnce || event.getLevel().isGreaterOrEqual(Level.WARN)) {
      write();
    } else if (idle) {
      LockSupport.unpark(writer);
    }
  }

  private void writeAtOnce() {
    atOnce = true;
    write();
  }

  private void writeLoop() {
    while (!atOnce) {
      idle = true;
      if (waiting.isEmpty() && !atOnce) {
        LockSupport.park(this);
      }
      idle = false;
      LockSupport.parkNanos(this, PAUSE_NANOS);
      write();
    }
  }

  private void write() {
    synchronized (writing) {
      if (!isStarted()) {
        // The writer wakes up once more after the end, when everything is written and the stream is
        // closed.
        return;
      }
      ByteArrayOutputStream gathered = new ByteArrayOutputStream();
      for (ILoggingEvent event = waiting.poll(); event != null; event = waiting.poll()) {
        count.decrementAndGet();
        gathered.writeBytes(getEncoder().encode(event));
      }
      try {
        getOutputStream().write(gathered.toByteArray());
        getOutputStream().flush();
      } catch (IOException closed) {
        addError("Lines cannot be written to standard output", closed);
      }
    }
  }
}
