package io.millrace.kafka.streams;

import java.util.Optional;

/**
 * The memory of all state stores of this process, outside the Java heap: one bound for what was
 * written and is not on disk yet and for blocks, indexes and filters read from disk.
 *
 * <p>Each store of each partition is an instance of RocksDB. Where together they hold more
 * unwritten data than the bound, RocksDB flushes whichever instance is written to next, however
 * little it holds: level 0 fills with tiny files, writes stall, and the flow stands still. So each
 * instance gets an equal part for itself and flushes when that is full; all of them together cannot
 * exceed the bound. A bound that would leave them too little is refused before anything starts.
 *
 * @param bytes at least 16 MB
 * @param instances RocksDB instances that are open when this process works on every partition; 1 or
 *     more
 */
public record StoreMemory(long bytes, long instances) {
  private static final long MEGABYTE = 1L << 20;
  private static final long LEAST_BYTES = 16 * MEGABYTE;

  /** What an instance takes with its first row. RocksDB's own default is 1 MB. */
  static final long FIRST_BLOCK_BYTES = 64 * 1024;

  /** Kafka Streams keeps the store's offsets in a second table of each instance. */
  private static final long OFFSETS_BYTES = 128 * 1024;

  /** An instance that holds less before it is flushed leaves files that are too small. */
  private static final long LEAST_BUFFER_BYTES = 512 * 1024;

  private static final long MOST_BUFFER_BYTES = 8 * MEGABYTE;

  /** What the setting is by default, for a single store. */
  public static final StoreMemory DEFAULT = of(384 * MEGABYTE);

  public StoreMemory {
    if (bytes < LEAST_BYTES) {
      throw new IllegalArgumentException("stream.state.memory must be 16 MB or more");
    }
    if (instances < 1) {
      throw new IllegalArgumentException("There are " + instances + " stores to share the memory");
    }
  }

  /** A bound whose stores are not counted yet. */
  public static StoreMemory of(long bytes) {
    return new StoreMemory(bytes, 1);
  }

  /** The same bound for a number of instances. */
  public StoreMemory sharedBy(long instances) {
    return new StoreMemory(bytes, instances);
  }

  /** The share for writes, in bytes: two thirds. What it leaves unused serves as cache. */
  long forWrites() {
    return bytes / 3 * 2;
  }

  /** How much one instance holds before it is flushed, in bytes. */
  long writeBuffer() {
    long part = forWrites() / instances - OFFSETS_BYTES;
    return Math.min(MOST_BUFFER_BYTES, Math.max(LEAST_BUFFER_BYTES, part));
  }

  /** The bytes that a number of instances need at least, rounded up to whole megabytes. */
  public static long leastFor(long instances) {
    long least = Math.max(LEAST_BYTES, instances * (OFFSETS_BYTES + LEAST_BUFFER_BYTES) * 3 / 2);
    return (least + MEGABYTE - 1) / MEGABYTE * MEGABYTE;
  }

  /** What is wrong when it is too little. */
  public Optional<String> tooLittle() {
    long least = leastFor(instances);
    return bytes >= least
        ? Optional.empty()
        : Optional.of(
            ("stream.state.memory is %d MB, too little for %d state stores (all stores of this"
                    + " process's roles, for every partition): set it to %d MB or more, or let the"
                    + " process run fewer roles (--roles)")
                .formatted(bytes / MEGABYTE, instances, least / MEGABYTE));
  }
}
