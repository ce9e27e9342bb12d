package io.millrace.bench.measure;

import io.millrace.bench.load.VolumeMix;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchFailure;
import io.millrace.kafka.streams.BoundedRocksDb;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.Filter;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * Remembered event ids as the flow's window stores keep them: one RocksDB instance per partition,
 * opened as Kafka Streams opens it and configured by the same class as the flow's.
 */
final class IdStore implements AutoCloseable {
  static final int PARTITIONS = 6;

  /** A delivery's id, place and index, and the envelope around them. */
  private static final int VALUE_BYTES = 64;

  private static final int WINDOW_BYTES = Long.BYTES + Integer.BYTES;
  private static final int BLOCK_BYTES = 4_096;
  private static final long WRITE_BUFFER_BYTES = 16 * 1024 * 1024;

  private final List<RocksDB> databases = new ArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final BoundedRocksDb setter = new BoundedRocksDb();
  private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
  private final long windowMs;
  private final byte[] value = new byte[VALUE_BYTES];

  /**
   * Opens an empty store.
   *
   * @param windowMs the start of the window of all ids
   */
  IdStore(Path folder, long windowMs) {
    this.windowMs = windowMs;
    new SplittableRandom(1).nextBytes(value);
    try {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        String name = "seen-event-ids." + partition;
        Options options = options();
        setter.setConfig("seen-event-ids", options, Map.of());
        toClose.add(options);
        databases.add(RocksDB.open(options, folder.resolve(name).toString()));
      }
    } catch (RocksDBException failure) {
      throw lost(failure);
    }
  }

  /** As Kafka Streams 4.3 opens a store before it asks the config setter. */
  private Options options() {
    Filter filter = new BloomFilter();
    toClose.add(filter);
    BlockBasedTableConfig table = new BlockBasedTableConfig();
    table.setBlockSize(BLOCK_BYTES);
    table.setFilterPolicy(filter);
    return new Options()
        .setTableFormatConfig(table)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setCompactionStyle(CompactionStyle.UNIVERSAL)
        .setMaxWriteBufferNumber(3)
        .setCreateIfMissing(true)
        .setErrorIfExists(false)
        .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
        .setIncreaseParallelism(Math.max(Runtime.getRuntime().availableProcessors(), 2));
  }

  /** An id as senders create them: {@code source/uuid}. */
  static String id(SplittableRandom random) {
    return VolumeMix.SOURCE_PREFIX
        + (1 + random.nextInt(VolumeMix.SOURCES))
        + "/"
        + new UUID(random.nextLong(), random.nextLong());
  }

  /** The key of an id's row in a window store. */
  static byte[] key(String id, long windowMs) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(text.length + WINDOW_BYTES)
        .put(text)
        .putLong(windowMs)
        .putInt(0)
        .array();
  }

  void put(String id) {
    try {
      database(id).put(writeOptions, key(id, windowMs), value);
    } catch (RocksDBException failure) {
      throw lost(failure);
    }
  }

  boolean has(String id) {
    try {
      return database(id).get(key(id, windowMs)) != null;
    } catch (RocksDBException failure) {
      throw lost(failure);
    }
  }

  private RocksDB database(String id) {
    return databases.get(Math.floorMod(id.hashCode(), PARTITIONS));
  }

  /** Flushes everything to disk, and waits until compaction has finished. */
  void settle() {
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      for (RocksDB database : databases) {
        database.flush(flush);
      }
      while (isCompacting()) {
        BenchCluster.pause();
      }
    } catch (RocksDBException failure) {
      throw lost(failure);
    }
  }

  private boolean isCompacting() throws RocksDBException {
    for (RocksDB database : databases) {
      if (database.getLongProperty("rocksdb.compaction-pending") > 0
          || database.getLongProperty("rocksdb.num-running-compactions") > 0) {
        return true;
      }
    }
    return false;
  }

  private static BenchFailure lost(RocksDBException failure) {
    return new BenchFailure(
        ("RocksDB failed: %s; check the free space under --data" + " DIR")
            .formatted(failure.getMessage()));
  }

  @Override
  public void close() {
    databases.forEach(RocksDB::close);
    writeOptions.close();
    for (AutoCloseable each : toClose) {
      try {
        each.close();
      } catch (Exception failure) {
        throw new IllegalStateException("Closing RocksDB's options failed", failure);
      }
    }
  }
}
