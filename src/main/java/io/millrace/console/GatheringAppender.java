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
 * Writes lines to standard output, all that came within some milliseconds at once, from a thread of
 * its own. A line for each delivery otherwise costs a call of the system each, and a JSON generator
 * made anew: encoders keep theirs with the thread, and the threads that answer requests are made
 * for one request each.
 *
 * <p>Nothing is dropped and the order stays. Warnings and errors are written before the call that
 * logs them returns, with all that came before them; so is everything once the process ends, and
 * whatever finds too many lines waiting.
 */
public final class GatheringAppender extends ConsoleAppender<ILoggingEvent> {
  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_NANOS = 5_000_000;

  private final Queue<ILoggingEvent> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Object writing = new Object();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("log-writer").unstarted(this::writeAgainAndAgain);
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
      // Then it runs anyhow.
    }
    writeAtOnce();
    LockSupport.unpark(writer);
    synchronized (writing) {
      super.stop();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    // What holds only now and in this thread: its name, the arguments, the context.
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

  private void writeAgainAndAgain() {
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
        // The writer wakes once more after the end, when all is written and the stream is gone.
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
        addError("Standard output takes no lines", closed);
      }
    }
  }
}
