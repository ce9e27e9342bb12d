package io.millrace.spool;

import io.millrace.spool.RocksLog.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers the readable entries of a damaged log. */
final class Salvage {
  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);
  private static final int AT_ONCE = 256;
  private static final long BYTES_AT_ONCE = 8L * 1024 * 1024;

  private final RocksLog to;
  private long taken;
  private long last;
  private long missing;

  private Salvage(RocksLog to) {
    this.to = to;
  }

  /**
   * Copies every readable entry under its own number; repeating this changes nothing.
   *
   * @throws RocksDBException if the new log cannot be written
   */
  static void into(RocksLog log, SpoolDirectory directory) throws RocksDBException {
    for (Path damaged : directory.damaged()) {
      Salvage salvage = new Salvage(log);
      salvage.takeAll(damaged);
      LOG.error(
          "The spool was damaged: {} deliveries were recovered, at least {} could not be read;"
              + " the damaged log was moved to {}, delete it after inspection",
          salvage.taken,
          salvage.missing,
          directory.quarantine(damaged));
    }
  }

  private void takeAll(Path damaged) throws RocksDBException {
    RocksLog from;
    try {
      from = RocksLog.openDamaged(damaged);
    } catch (RocksDBException unreadable) {
      LOG.error("Nothing can be read in {}: {}", damaged, unreadable.getMessage());
      return;
    }
    try (from) {
      take(from, Kind.SCHEMA, 0);
      take(from, Kind.SET_ASIDE, 0);
      take(from, Kind.WAITING, from.firstNumber());
    }
  }

  private void take(RocksLog from, Kind kind, long first) throws RocksDBException {
    long next = first;
    while (true) {
      List<SpoolEntry> entries;
      try {
        entries = from.read(kind, next, AT_ONCE, BYTES_AT_ONCE);
      } catch (RocksDBException damage) {
        takeOneByOne(from, kind, next);
        return;
      }
      if (entries.isEmpty()) {
        return;
      }
      put(kind, entries);
      next = entries.getLast().sequence() + 1;
    }
  }

  /**
   * Reading a single number touches only its part of the log, and there may be readable files after
   * a damaged one.
   */
  private void takeOneByOne(RocksLog from, Kind kind, long first) throws RocksDBException {
    List<SpoolEntry> found = new ArrayList<>();
    long misses = 0;
    for (long number = first; misses < kind.mostInFile(); number++) {
      Optional<SpoolEntry> entry = from.find(kind, number);
      misses = entry.isPresent() ? 0 : misses + 1;
      entry.ifPresent(found::add);
      if (found.size() == AT_ONCE) {
        put(kind, found);
        found.clear();
      }
    }
    put(kind, found);
  }

  private void put(Kind kind, List<SpoolEntry> entries) throws RocksDBException {
    to.put(kind, entries);
    count(kind, entries);
  }

  /** Numbers are consecutive, so a gap between two that were read has been lost. */
  private void count(Kind kind, List<SpoolEntry> entries) {
    if (kind == Kind.WAITING) {
      taken += entries.size();
      for (SpoolEntry entry : entries) {
        missing += last == 0 ? 0 : entry.sequence() - last - 1;
        last = entry.sequence();
      }
    }
  }
}
