package io.millrace.kafka.streams;

import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.Cache;
import org.rocksdb.FlushJobInfo;
import org.rocksdb.HistogramType;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

/**
 * What all RocksDB instances of this process share: their memory bound, and statistics. Lives as
 * long as the process.
 */
final class SharedRocksDb {
  /** The share of the cache that is reserved for indexes and filters. */
  private static final double FOR_METADATA = 0.5;

  /** Four shards: top levels of indexes are pinned, and one of many small shards could be full. */
  private static final int SHARD_BITS = 2;

  private final StoreMemory memory;
  private final Cache cache;
  private final WriteBufferManager writes;

  /** Counters only: histograms time every call, which adds a tenth to its cost. */
  private final Statistics statistics = new Statistics(EnumSet.allOf(HistogramType.class));

  private final AbstractEventListener listener = new CountFlushes();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong flushes = new AtomicLong();
  private final AtomicLong stalls = new AtomicLong();

  SharedRocksDb(StoreMemory memory) {
    this.memory = memory;
    this.cache = new LRUCache(memory.bytes(), SHARD_BITS, false, FOR_METADATA);
    // Write buffers count towards the cache as well, so that one number bounds both.
    this.writes = new WriteBufferManager(memory.forWrites(), cache);
    statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
  }

  /** Called on threads of RocksDB. */
  private final class CountFlushes extends AbstractEventListener {
    CountFlushes() {
      super(
          EnabledEventCallback.ON_FLUSH_COMPLETED,
          EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED);
    }

    @Override
    public void onFlushCompleted(RocksDB store, FlushJobInfo flush) {
      flushes.incrementAndGet();
    }

    @Override
    public void onStallConditionsChanged(WriteStallInfo stall) {
      if (stall.getCurrentCondition() != WriteStallCondition.NORMAL) {
        stalls.incrementAndGet();
      }
    }
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager writes() {
    return writes;
  }

  Statistics statistics() {
    return statistics;
  }

  AbstractEventListener listener() {
    return listener;
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  /** Open instances: stores times partitions; a windowed store has several. */
  int open() {
    return open.get();
  }

  /** The bound, in bytes. */
  long memoryBytes() {
    return memory.bytes();
  }

  /** The part of the bound that is in use, in bytes. */
  long usedBytes() {
    return cache.getUsage();
  }

  /** The number of times that a store was written to disk. */
  long flushes() {
    return flushes.get();
  }

  /** The number of times that a store began to slow down or stop its writes. */
  long stalls() {
    return stalls.get();
  }

  /** How long writes were delayed because a store could not be written to disk fast enough. */
  long stallMicros() {
    return statistics.getTickerCount(TickerType.STALL_MICROS);
  }

  /** Bytes written to disk, by flushes and by compactions. */
  long writtenBytes() {
    return statistics.getTickerCount(TickerType.FLUSH_WRITE_BYTES)
        + statistics.getTickerCount(TickerType.COMPACT_WRITE_BYTES);
  }
}
