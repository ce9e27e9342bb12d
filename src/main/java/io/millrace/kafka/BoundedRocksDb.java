package io.millrace.kafka;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB within one bound of memory for all stores of the process, and tuned for looking up what
 * is mostly not there. Created by its name, once per store.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  private static final long CACHE_BYTES = 128L * 1024 * 1024;
  private static final long WRITE_BUFFER_BYTES = 64L * 1024 * 1024;

  static {
    RocksDB.loadLibrary();
  }

  // One for the process: each store of its own would multiply both by stores and partitions.
  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final WriteBufferManager WRITE_BUFFERS =
      new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setWriteBufferSize(8L * 1024 * 1024);
    // Kafka Streams expects to find what it looks for; deduplication expects not to.
    options.setOptimizeFiltersForHits(false);
    options.setMemtablePrefixBloomSizeRatio(0.02);
    options.setMemtableWholeKeyFiltering(true);
  }

  /** The shared parts live as long as the process. */
  @Override
  public void close(String storeName, Options options) {}
}
