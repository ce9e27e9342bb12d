package io.millrace.spool;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Statistics;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The queue in RocksDB; writes are synced before they return. */
final class RocksLog implements AutoCloseable {
  private static final long WRITE_BUFFER_BYTES = 16L * 1024 * 1024;

  /** The prefix of a key. The most frequent kind is last, so reads beyond it touch no file. */
  enum Kind {
    SCHEMA('a', 1_000),
    SET_ASIDE('b', 10_000),
    WAITING('c', 200_000);

    private final byte prefix;

    /** More numbers than a file of the log is likely to contain. */
    private final int mostInFile;

    Kind(char prefix, int mostInFile) {
      this.prefix = (byte) prefix;
      this.mostInFile = mostInFile;
    }

    int mostInFile() {
      return mostInFile;
    }

    private byte[] key(long number) {
      return ByteBuffer.allocate(1 + Long.BYTES).put(prefix).putLong(number).array();
    }
  }

  private final Options options;
  private final RocksDB database;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final ReadOptions reading = new ReadOptions().setVerifyChecksums(true);

  /**
   * Loads RocksDB; must be called before anything else, and may be called again.
   *
   * @throws SpoolException if there is none for this machine, or it cannot be unpacked
   */
  static void loadLibrary() {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | UnsatisfiedLinkError missing) {
      throw new SpoolException(
          "The spool needs RocksDB, whose library could not be loaded (%s); it is unpacked into the"
                  .formatted(missing.getCause() == null ? missing : missing.getCause())
              + " temporary folder, set another one with -Djava.io.tmpdir",
          missing);
    }
  }

  private RocksLog(Options options, RocksDB database) {
    this.options = options;
    this.database = database;
  }

  /**
   * Opens or creates a log. An incomplete write at the very end is ignored, because it was never
   * acknowledged; any other damage is an exception.
   */
  static RocksLog open(Path folder) throws RocksDBException {
    return open(folder, options(WALRecoveryMode.TolerateCorruptedTailRecords));
  }

  /** Opens or creates a log whose writes are counted. */
  static RocksLog open(Path folder, Statistics counting) throws RocksDBException {
    return open(
        folder, options(WALRecoveryMode.TolerateCorruptedTailRecords).setStatistics(counting));
  }

  private static RocksLog open(Path folder, Options options) throws RocksDBException {
    try {
      return new RocksLog(options, RocksDB.open(options, folder.toString()));
    } catch (RocksDBException failure) {
      options.close();
      throw failure;
    }
  }

  /** Opens a damaged log for reading only. */
  static RocksLog openDamaged(Path folder) throws RocksDBException {
    Options options = options(WALRecoveryMode.SkipAnyCorruptedRecords).setParanoidChecks(false);
    try {
      return new RocksLog(options, RocksDB.openReadOnly(options, folder.toString()));
    } catch (RocksDBException failure) {
      options.close();
      throw failure;
    }
  }

  private static Options options(WALRecoveryMode recovery) {
    return new Options()
        .setCreateIfMissing(true)
        .setWalRecoveryMode(recovery)
        .setParanoidChecks(true)
        .setAvoidFlushDuringRecovery(true)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setMaxOpenFiles(64)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0);
  }

  /** Writes entries under their numbers, all or none. */
  void put(Kind kind, List<SpoolEntry> entries) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (SpoolEntry entry : entries) {
        batch.put(kind.key(entry.sequence()), bytes(entry));
      }
      database.write(synced, batch);
    }
  }

  /** Removes entries, all or none. */
  void remove(List<SpoolEntry> entries) throws RocksDBException {
    long first = entries.getFirst().sequence();
    long last = entries.getLast().sequence();
    try (WriteBatch batch = new WriteBatch()) {
      if (last - first + 1 == entries.size()) {
        batch.deleteRange(Kind.WAITING.key(first), Kind.WAITING.key(last + 1));
      } else {
        for (SpoolEntry entry : entries) {
          batch.delete(Kind.WAITING.key(entry.sequence()));
        }
      }
      database.write(synced, batch);
    }
  }

  /** Moves an entry to another kind and number. */
  void move(SpoolEntry entry, Kind from, Kind to, long sequence) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.delete(from.key(entry.sequence()));
      batch.put(to.key(sequence), bytes(entry));
      database.write(synced, batch);
    }
  }

  /**
   * Reads entries of a kind in the order of their numbers, at least one if there is one.
   *
   * @param from the first number to read
   * @param atMostBytes the size after which to stop
   */
  List<SpoolEntry> read(Kind kind, long from, int atMost, long atMostBytes)
      throws RocksDBException {
    List<SpoolEntry> entries = new ArrayList<>();
    long bytes = 0;
    try (RocksIterator iterator = database.newIterator(reading)) {
      iterator.seek(kind.key(from));
      while (entries.size() < atMost && bytes < atMostBytes && isAt(kind, iterator)) {
        SpoolEntry entry =
            new SpoolEntry(
                ByteBuffer.wrap(iterator.key()).getLong(1), ByteBuffer.wrap(iterator.value()));
        entries.add(entry);
        bytes += entry.size();
        iterator.next();
      }
      if (entries.isEmpty()) {
        // Returns what was read before the damage; the next call throws here.
        iterator.status();
      }
    }
    return entries;
  }

  /** Finds one entry; empty if it is missing or unreadable. */
  Optional<SpoolEntry> find(Kind kind, long number) {
    try {
      return Optional.ofNullable(database.get(reading, kind.key(number)))
          .map(value -> new SpoolEntry(number, ByteBuffer.wrap(value)));
    } catch (RocksDBException unreadable) {
      return Optional.empty();
    }
  }

  /** A number at or below that of the first entry, readable or not. */
  long firstNumber() {
    return database.getLiveFilesMetaData().stream()
        .map(LiveFileMetaData::smallestKey)
        .filter(key -> key.length == 1 + Long.BYTES && key[0] == Kind.WAITING.prefix)
        .mapToLong(key -> ByteBuffer.wrap(key).getLong(1))
        .min()
        .orElse(0);
  }

  private static boolean isAt(Kind kind, RocksIterator iterator) {
    return iterator.isValid() && iterator.key()[0] == kind.prefix;
  }

  /** Frees the space of removed entries. */
  void tidy() throws RocksDBException {
    try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      database.flush(waiting);
    }
    database.compactRange();
  }

  private static byte[] bytes(SpoolEntry entry) {
    byte[] bytes = new byte[entry.bytes().remaining()];
    entry.bytes().duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    reading.close();
    synced.close();
    database.close();
    options.close();
  }
}
