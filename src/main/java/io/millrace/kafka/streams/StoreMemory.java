package io.millrace.kafka.streams;

import java.util.Optional;

/**
 * The memory of all state stores of this process, outside the Java heap: one bound for unflushed
 * writes and for blocks, indexes and filters read from disk.
 *
 * <p>Each store of each partition is an instance of RocksDB. If together they hold more unflushed
 * data than the bound, RocksDB flushes the next instance that is written to, however little it
 * holds: level 0 fills with tiny files, writes stall, and the flow stops. So each instance gets an
 * equal share and flushes when that is full; together they cannot exceed the bound. A bound that
 * would leave them too little is refused before anything starts.
 *
 * @param bytes at least 16 MB
 * @param instances RocksDB instances that are open when this process works on all partitions; 1 or
 *     more
 */
public record StoreMemory(long bytes, long instances) {
  private static final long MEGABYTE = 1L << 20;
  private static final long LEAST_BYTES = 16 * MEGABYTE;

  /** The memory that an instance allocates for its first row. RocksDB's own default is 1 MB. */
  static final long FIRST_BLOCK_BYTES = 64 * 1024;

  /** Kafka Streams keeps the store's offsets in a second table of each instance. */
  private static final long OFFSETS_BYTES = 128 * 1024;

  /** An instance that flushes with less creates files that are too small. */
  private static final long LEAST_BUFFER_BYTES = 512 * 1024;

  private static final long MOST_BUFFER_BYTES = 8 * MEGABYTE;

  /** The default of the setting, for a single store. */
  public static final StoreMemory DEFAULT = of(384 * MEGABYTE);

  public StoreMemory {
    if (bytes < LEAST_BYTES) {
      throw new IllegalArgumentException("stream.state.memory must be 16 MB or more");
    }
    if (instances < 1) {
      throw new IllegalArgumentException("The memory cannot be shared by " + instances + " stores");
    }
  }

  /** A bound whose stores are not counted yet. */
  public static StoreMemory of(long bytes) {
    return new StoreMemory(bytes, 1);
  }

  /** The same bound, shared by a number of instances. */
  public StoreMemory sharedBy(long instances) {
    return new StoreMemory(bytes, instances);
  }

  /** The share for writes, in bytes: two thirds. The unused part of it serves as cache. */
  long forWrites() {
    return bytes / 3 * 2;
  }

  /** The bytes that one instance holds before it is flushed. */
  long writeBuffer() {
    long part = forWrites() / instances - OFFSETS_BYTES;
    return Math.min(MOST_BUFFER_BYTES, Math.max(LEAST_BUFFER_BYTES, part));
  }

  /** The minimum bytes for a number of instances, rounded up to whole megabytes. */
  public static long leastFor(long instances) {
    long least = Math.max(LEAST_BYTES, instances * (OFFSETS_BYTES + LEAST_BUFFER_BYTES) * 3 / 2);
    return (least + MEGABYTE - 1) / MEGABYTE * MEGABYTE;
  }

  /** The fault if the memory is too small. */
  public Optional<String> tooLittle() {
    long least = leastFor(instances);
    return bytes >= least
        ? Optional.empty()
        : Optional.of(
            ("stream.state.memory is %d MB, too little for %d state stores (all stores of this"
                    + " process's roles, for every partition): set it to at least %d MB, or run"
                    + " fewer roles in this process (--roles)")
                .formatted(bytes / MEGABYTE, instances, least / MEGABYTE));
  }
}
