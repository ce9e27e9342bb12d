package io.millrace.edge.admit;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The memory that verifying bodies takes beside them, for all of them together. Whoever sent a body
 * has proved nothing yet, so what it costs is reserved before it is looked at; a body for which
 * nothing is left waits until another is done, which takes milliseconds.
 */
public final class VerificationMemory {
  /** A form is decoded, sorted and written again; each of these takes up to twice its size. */
  static final int COPIES = 10;

  private static final int UNIT_BYTES = 1024;

  /** What any request costs, such as its headers and the parser's buffers. */
  private static final int LEAST_UNITS = 64;

  private final int capacity;
  private final Semaphore units;

  /**
   * @param bytes the memory for all bodies together; one body gets that in any case
   */
  public VerificationMemory(long bytes) {
    capacity = Math.clamp(bytes / UNIT_BYTES, LEAST_UNITS, Integer.MAX_VALUE);
    units = new Semaphore(capacity, true);
  }

  /** The memory that is enough for several of the largest bodies, or more on a large heap. */
  public static long suitableBytes(int maxBodyBytes, long heapBytes) {
    return Math.max((long) COPIES * maxBodyBytes, heapBytes / 16);
  }

  /** Does something with a body once there is memory for it. */
  public <T> T use(byte[] body, Supplier<T> verification) {
    long wanted = LEAST_UNITS + (long) COPIES * body.length / UNIT_BYTES;
    int cost = Math.clamp(wanted, 1, capacity);
    units.acquireUninterruptibly(cost);
    try {
      return verification.get();
    } finally {
      units.release(cost);
    }
  }

  /** The memory that is free, in bytes. */
  long free() {
    return (long) units.availablePermits() * UNIT_BYTES;
  }
}
