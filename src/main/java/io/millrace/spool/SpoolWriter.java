package io.millrace.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes deliveries into the queue: those that arrive during one sync share the next. Nothing is
 * accepted beyond the limit, or if the disk is almost full.
 */
final class SpoolWriter implements AutoCloseable {
  private static final int MOST_AT_ONCE = 1_000;
  private static final long MOST_BYTES_AT_ONCE = 8L * 1024 * 1024;

  /** The space left free on the disk, so that the log can still be compacted. */
  private static final long LEFT_FREE_BYTES = 64L * 1024 * 1024;

  private static final long USUAL_BYTES = 64L * 1024;

  private record Pending(
      ByteBuffer bytes,
      Optional<CompletableFuture<Void>> underWay,
      CompletableFuture<Void> written) {}

  private final SpoolDirectory directory;
  private final SpoolStore store;
  private final Outcomes outcomes;
  private final long limitBytes;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong pendingBytes = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  SpoolWriter(SpoolDirectory directory, SpoolStore store, Outcomes outcomes, long limitBytes) {
    this.directory = directory;
    this.store = store;
    this.outcomes = outcomes;
    this.limitBytes = limitBytes;
    this.thread = Thread.ofPlatform().daemon().name("spool-writer").start(this::run);
  }

  /**
   * Writes a delivery at the end of the queue.
   *
   * @param underWay the pending append to the log, if there is one
   * @return completes when it is durable, or exceptionally with a {@link SpoolException} when it
   *     was not written
   */
  CompletableFuture<Void> write(ByteBuffer bytes, Optional<CompletableFuture<Void>> underWay) {
    long size = SpoolEntry.size(bytes);
    if (closed) {
      return CompletableFuture.failedFuture(new SpoolException("The spool is closed"));
    }
    if (store.bytes() + pendingBytes.addAndGet(size) > limitBytes) {
      pendingBytes.addAndGet(-size);
      return CompletableFuture.failedFuture(
          new SpoolException(
              "The spool in %s is full (edge.spool.limit is %d bytes)"
                  .formatted(directory, limitBytes)));
    }
    pending.incrementAndGet();
    Pending one = new Pending(bytes, underWay, new CompletableFuture<>());
    queue.add(one);
    return one.written();
  }

  /** Whether nothing is waiting, on disk or to be written. */
  boolean isEmpty() {
    // In this order, because entries leave the former only after they are in the latter.
    return pending.get() == 0 && store.waiting() == 0;
  }

  /** Whether it would accept at least a delivery of average size. */
  boolean hasCapacity() {
    return !closed
        && store.isUsable()
        && store.bytes() + pendingBytes.get() + USUAL_BYTES <= limitBytes
        && directory.usableBytes() >= LEFT_FREE_BYTES;
  }

  private void run() {
    List<Pending> batch = new ArrayList<>();
    while (take(batch)) {
      write(batch);
      batch.clear();
    }
  }

  /** Waits for deliveries to write; false at the end. */
  private boolean take(List<Pending> batch) {
    try {
      Pending next = queue.take();
      long bytes = 0;
      while (next != null && !isEnd(next)) {
        batch.add(next);
        bytes += next.bytes().remaining();
        next = batch.size() < MOST_AT_ONCE && bytes < MOST_BYTES_AT_ONCE ? queue.poll() : null;
      }
      if (next != null && !batch.isEmpty()) {
        // The end is queued again, behind what is already waiting.
        queue.add(next);
      }
      return !batch.isEmpty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void write(List<Pending> batch) {
    Optional<RuntimeException> failure = Optional.empty();
    try {
      checkDisk();
      add(batch);
    } catch (RuntimeException refused) {
      failure = Optional.of(refused);
    }
    for (Pending one : batch) {
      pendingBytes.addAndGet(-SpoolEntry.size(one.bytes()));
      pending.decrementAndGet();
      failure.ifPresentOrElse(
          one.written()::completeExceptionally, () -> one.written().complete(null));
    }
  }

  private void add(List<Pending> batch) {
    // The entries must not be visible before their pending appends are known.
    synchronized (store) {
      long number = store.add(batch.stream().map(Pending::bytes).toList());
      for (Pending one : batch) {
        long own = number++;
        one.underWay().ifPresent(first -> outcomes.put(own, first));
      }
    }
  }

  private void checkDisk() {
    if (directory.usableBytes() < LEFT_FREE_BYTES) {
      throw new SpoolException(
          "The disk of the spool in %s is full: less than %d bytes are free; free some space"
              .formatted(directory, LEFT_FREE_BYTES));
    }
  }

  private static boolean isEnd(Pending one) {
    return !one.bytes().hasRemaining();
  }

  /** Writes what is pending, then ends. */
  @Override
  public void close() {
    closed = true;
    queue.add(new Pending(ByteBuffer.allocate(0), Optional.empty(), new CompletableFuture<>()));
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    SpoolException tooLate = new SpoolException("The spool is closed");
    queue.forEach(late -> late.written().completeExceptionally(tooLate));
  }
}
