package io.millrace.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spool.RocksLog.Kind;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue on disk, and its size. After a failure it reopens its log, at most once a second, and
 * if the log is damaged, recovers what is readable.
 */
final class SpoolStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolStore.class);
  private static final Duration BETWEEN_OPENINGS = Duration.ofSeconds(1);
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int AT_ONCE = 1_000;
  private static final long BYTES_AT_ONCE = 8L * 1024 * 1024;

  private final SpoolDirectory directory;
  private final Clock clock;
  private Optional<RocksLog> log = Optional.empty();
  private long failedAt;
  private boolean closed;
  private long nextSequence = 1;
  private long nextAside = 1;
  private long head;

  // Written while holding the monitor, read without it.
  private volatile int waiting;
  private volatile int aside;
  private volatile long bytes;
  private volatile boolean usable;

  private SpoolStore(SpoolDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Opens the queue; entries set aside go to its end, because Kafka may accept them now.
   *
   * @throws SpoolException if it cannot be used; the message says why
   */
  static SpoolStore open(SpoolDirectory directory, Clock clock) {
    RocksLog.loadLibrary();
    SpoolStore store = new SpoolStore(directory, clock);
    synchronized (store) {
      try {
        store.reopen();
        store.queueWhatWasSetAside();
      } catch (RocksDBException failure) {
        throw store.failed(failure);
      }
    }
    return store;
  }

  /** The number of waiting entries. */
  int waiting() {
    return waiting;
  }

  /** The number of entries set aside. */
  int aside() {
    return aside;
  }

  /** The size of both. */
  long bytes() {
    return bytes;
  }

  /** Whether the last operation succeeded. */
  boolean isUsable() {
    return usable;
  }

  /**
   * Adds deliveries at the end, all or none; they are durable when this returns.
   *
   * @return the number of the first; the others follow it
   */
  synchronized long add(List<ByteBuffer> deliveries) {
    List<SpoolEntry> entries = new ArrayList<>();
    for (ByteBuffer delivery : deliveries) {
      entries.add(new SpoolEntry(nextSequence + entries.size(), delivery));
    }
    change(open -> open.put(Kind.WAITING, entries));
    nextSequence += entries.size();
    waiting += entries.size();
    bytes += SpoolEntry.size(entries);
    notifyAll();
    return entries.getFirst().sequence();
  }

  /** Reads the oldest entries in order; at least one if there are any. */
  synchronized List<SpoolEntry> oldest(int atMost, long atMostBytes) {
    List<SpoolEntry> entries = new ArrayList<>();
    change(open -> entries.addAll(open.read(Kind.WAITING, head, atMost, atMostBytes)));
    return entries;
  }

  /** Removes entries that {@link #oldest} returned. */
  synchronized void remove(List<SpoolEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    change(open -> open.remove(entries));
    waiting -= entries.size();
    bytes -= SpoolEntry.size(entries);
    if (waiting == 0) {
      head = nextSequence;
    }
  }

  /** Removes an entry from the queue and keeps it until the next start. */
  synchronized void setAside(SpoolEntry entry) {
    change(open -> open.move(entry, Kind.WAITING, Kind.SET_ASIDE, nextAside));
    nextAside++;
    waiting--;
    aside++;
  }

  /** All schemas that entries may have been written with. */
  synchronized List<String> schemas() {
    List<SpoolEntry> schemas = new ArrayList<>();
    change(open -> schemas.addAll(open.read(Kind.SCHEMA, 0, Integer.MAX_VALUE, Long.MAX_VALUE)));
    return schemas.stream().map(schema -> UTF_8.decode(schema.bytes()).toString()).toList();
  }

  /** Reopens its log if that has failed. */
  synchronized void recover() {
    change(open -> {});
  }

  /** Frees the space of removed entries. */
  synchronized void tidy() {
    change(RocksLog::tidy);
  }

  /** Waits until there is an entry, or for at most that time. */
  synchronized void awaitWaiting(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (waiting == 0 && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
  }

  private interface Change {
    void of(RocksLog open) throws RocksDBException;
  }

  /** After a failure, the next attempt reopens the log. */
  private void change(Change change) {
    try {
      if (log.isEmpty()) {
        if (closed || System.nanoTime() - failedAt < BETWEEN_OPENINGS.toNanos()) {
          throw new SpoolException(
              "The spool in %s is closed, or failed a moment ago; retry".formatted(directory));
        }
        reopen();
      }
      change.of(log.orElseThrow());
    } catch (RocksDBException failure) {
      throw failed(failure);
    }
  }

  private SpoolException failed(RocksDBException failure) {
    usable = false;
    failedAt = System.nanoTime();
    log.ifPresent(RocksLog::close);
    log = Optional.empty();
    String message =
        "The spool in %s failed (%s); check that its disk has free space and is healthy"
            .formatted(directory, failure.getMessage());
    LOG.error(message);
    return new SpoolException(message, failure);
  }

  private void reopen() throws RocksDBException {
    if (directory.logLacksItsBeginning()) {
      startAgain("its CURRENT file is missing");
    } else {
      try {
        openAndCount();
      } catch (RocksDBException failure) {
        if (!isDamage(failure)) {
          throw failure;
        }
        startAgain(String.valueOf(failure.getMessage()));
      }
    }
    usable = true;
  }

  private void startAgain(String why) throws RocksDBException {
    LOG.error("The spool in {} is damaged: {}", directory, why);
    log.ifPresent(RocksLog::close);
    log = Optional.empty();
    directory.moveLogAway(FILE_TIME.format(clock.instant()));
    openAndCount();
  }

  /** A missing file is reported as an I/O error. */
  private static boolean isDamage(RocksDBException failure) {
    Status.Code code =
        failure.getStatus() == null ? Status.Code.Undefined : failure.getStatus().getCode();
    return code == Status.Code.Corruption
        || (code == Status.Code.IOError
            && String.valueOf(failure.getMessage()).contains("No such file"));
  }

  /** Reads everything once, to find damage now and not when it is too late. */
  private void openAndCount() throws RocksDBException {
    RocksLog opened = RocksLog.open(directory.log());
    log = Optional.of(opened);
    Salvage.into(opened, directory);
    keepSchema(opened);
    Count found = count(opened, Kind.WAITING);
    Count foundAside = count(opened, Kind.SET_ASIDE);
    waiting = found.entries();
    aside = foundAside.entries();
    bytes = found.bytes() + foundAside.bytes();
    head = 0;
    // A process never uses a number twice, because its memory of outcomes is by number.
    nextSequence = Math.max(nextSequence, found.last() + 1);
    nextAside = Math.max(nextAside, foundAside.last() + 1);
  }

  /** Stores the schema under the next number, unless it is already stored. */
  private static void keepSchema(RocksLog log) throws RocksDBException {
    ByteBuffer schema = UTF_8.encode(DeliveryCodec.SCHEMA);
    List<SpoolEntry> kept = log.read(Kind.SCHEMA, 0, Integer.MAX_VALUE, Long.MAX_VALUE);
    if (kept.stream().noneMatch(each -> each.bytes().equals(schema))) {
      long last = kept.isEmpty() ? 0 : kept.getLast().sequence();
      log.put(Kind.SCHEMA, List.of(new SpoolEntry(last + 1, schema)));
    }
  }

  private record Count(int entries, long bytes, long last) {}

  private static Count count(RocksLog log, Kind kind) throws RocksDBException {
    Count count = new Count(0, 0, 0);
    while (true) {
      List<SpoolEntry> some = log.read(kind, count.last() + 1, AT_ONCE, BYTES_AT_ONCE);
      if (some.isEmpty()) {
        return count;
      }
      count =
          new Count(
              count.entries() + some.size(),
              count.bytes() + SpoolEntry.size(some),
              some.getLast().sequence());
    }
  }

  private synchronized void queueWhatWasSetAside() throws RocksDBException {
    RocksLog open = log.orElseThrow();
    for (SpoolEntry entry : open.read(Kind.SET_ASIDE, 0, Integer.MAX_VALUE, Long.MAX_VALUE)) {
      open.move(entry, Kind.SET_ASIDE, Kind.WAITING, nextSequence);
      nextSequence++;
      waiting++;
      aside--;
    }
  }

  @Override
  public synchronized void close() {
    log.ifPresent(RocksLog::close);
    log = Optional.empty();
    usable = false;
    closed = true;
  }
}
