package io.millrace.kafka;

import java.util.Optional;

/**
 * The memory of all state stores of this process, outside the Java heap: one bound for what was
 * written and is not on disk yet and for blocks, indexes and filters read from disk.
 *
 * <p>Each store of each partition is an instance of RocksDB, and each instance takes a block of
 * memory with its first row. If the instances that are open take more than the share for writes,
 * RocksDB flushes one of them with every write, level 0 fills with files of a few rows, and writes
 * stall: the flow stands still. So the bound is compared with the instances before anything starts.
 *
 * @param bytes at least 16 MB
 */
public record StoreMemory(long bytes) {
  /** What the setting is by default. */
  public static final StoreMemory DEFAULT = new StoreMemory(384L << 20);

  /** What an instance takes with its first row. RocksDB's own default is 1 MB. */
  static final long FIRST_BLOCK_BYTES = 64 * 1024;

  /**
   * Kafka Streams keeps the store's offsets in a second table of the instance, with its own block.
   */
  private static final long OFFSETS_BLOCK_BYTES = 128 * 1024;

  /**
   * An instance that gathers less than this before it is flushed leaves files that are too small.
   */
  static final long LEAST_WRITTEN_BYTES = OFFSETS_BLOCK_BYTES + 4 * FIRST_BLOCK_BYTES;

  private static final long LEAST_BYTES = 16L << 20;
  private static final long MEGABYTE = 1L << 20;

  public StoreMemory {
    if (bytes < LEAST_BYTES) {
      throw new IllegalArgumentException("stream.state.memory must be 16 MB or more");
    }
  }

  /** The share for writes, in bytes: two thirds. What it leaves unused serves as cache. */
  long forWrites() {
    return bytes / 3 * 2;
  }

  /** The bytes that a number of instances need at least, rounded up to whole megabytes. */
  public static long leastFor(long instances) {
    long least = Math.max(LEAST_BYTES, instances * LEAST_WRITTEN_BYTES * 3 / 2);
    return (least + MEGABYTE - 1) / MEGABYTE * MEGABYTE;
  }

  /**
   * What is wrong when it is too little.
   *
   * @param instances RocksDB instances that are open when this process works on every partition
   */
  public Optional<String> tooLittleFor(long instances) {
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
