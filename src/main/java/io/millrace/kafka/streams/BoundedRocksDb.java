package io.millrace.kafka.streams;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.IndexType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/**
 * Configures RocksDB with one memory bound for all stores of the process, see {@link StoreMemory},
 * and for lookups that mostly find nothing. Instantiated by name, once per store.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  /**
   * The number of bytes that all stores of the process share; our own setting in the configuration
   * of Kafka Streams.
   */
  public static final String MEMORY = "millrace.store.memory.bytes";

  /**
   * Size of index and filter partitions in bytes: small enough that those in use fit into the
   * cache.
   */
  private static final long METADATA_BLOCK_BYTES = 4 * 1024;

  /** The number of instances that share it. */
  public static final String INSTANCES = "millrace.store.instances";

  static {
    RocksDB.loadLibrary();
  }

  // One for the process: one per store would multiply the bound by stores and partitions. All roles
  // of a process have the same bound; only tests have several.
  private static final Map<Long, SharedRocksDb> SHARED = new ConcurrentHashMap<>();

  /** What the stores of this process have shared so far. */
  static Collection<SharedRocksDb> shared() {
    return SHARED.values();
  }

  private static SharedRocksDb shared(StoreMemory memory) {
    return SHARED.computeIfAbsent(memory.bytes(), bytes -> new SharedRocksDb(memory));
  }

  private @Nullable SharedRocksDb opened;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    StoreMemory memory = memory(configs);
    SharedRocksDb common = shared(memory);
    opened = common;
    common.opened();
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(common.cache());
    // Indexes and filters count towards the bound as well. As one block each they would evict each
    // other from a cache that is too small for all; in partitions, those in use stay. A lookup that
    // finds nothing then takes 5 us instead of 100.
    table.setCacheIndexAndFilterBlocks(true);
    table.setIndexType(IndexType.kTwoLevelIndexSearch);
    table.setPartitionFilters(true);
    table.setMetadataBlockSize(METADATA_BLOCK_BYTES);
    table.setPinTopLevelIndexAndFilter(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(common.writes());
    options.setWriteBufferSize(memory.writeBuffer());
    // The default is an eighth of the buffer: a hundred stores with a row each would fill the
    // bound.
    options.setArenaBlockSize(StoreMemory.FIRST_BLOCK_BYTES);
    options.setStatistics(common.statistics());
    options.setListeners(List.of(common.listener()));
    // Kafka Streams tunes for lookups that succeed; those of deduplication mostly do not.
    options.setOptimizeFiltersForHits(false);
    options.setMemtablePrefixBloomSizeRatio(0.02);
    options.setMemtableWholeKeyFiltering(true);
  }

  private static StoreMemory memory(Map<String, Object> configs) {
    // Both are missing in a topology that is tested without a cluster.
    Object bytes = configs.get(MEMORY);
    Object instances = configs.get(INSTANCES);
    StoreMemory memory =
        bytes == null ? StoreMemory.DEFAULT : StoreMemory.of(Long.parseLong(bytes.toString()));
    return instances == null ? memory : memory.sharedBy(Long.parseLong(instances.toString()));
  }

  /** The shared objects live as long as the process. */
  @Override
  public void close(String storeName, Options options) {
    if (opened != null) {
      opened.closed();
      opened = null;
    }
  }
}
