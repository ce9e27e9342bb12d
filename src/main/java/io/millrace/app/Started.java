package io.millrace.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that a process has started; closing stops them once, in reverse order. */
public final class Started implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Started.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Takes charge of a part. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception failure) {
        // The others still have to be stopped, and the process ends either way.
        LOG.warn("Stopping {} failed", part.getClass().getSimpleName(), failure);
      }
    }
  }
}
