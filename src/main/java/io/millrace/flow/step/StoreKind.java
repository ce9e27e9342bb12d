package io.millrace.flow.step;

import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/** Where the stores keep their data; the flow is the same with either. */
public enum StoreKind {
  /** On disk: for production. */
  ROCKSDB {
    @Override
    public KeyValueBytesStoreSupplier keyValue(String name) {
      return Stores.persistentKeyValueStore(name);
    }

    @Override
    public WindowBytesStoreSupplier window(String name, Duration retention, Duration windowSize) {
      return Stores.persistentWindowStore(name, retention, windowSize, false);
    }
  },

  /** In memory: for tests, which are ten times as fast with it. */
  IN_MEMORY {
    @Override
    public KeyValueBytesStoreSupplier keyValue(String name) {
      return Stores.inMemoryKeyValueStore(name);
    }

    @Override
    public WindowBytesStoreSupplier window(String name, Duration retention, Duration windowSize) {
      return Stores.inMemoryWindowStore(name, retention, windowSize, false);
    }
  };

  /** A window store has segments of half its retention, and at most two of them are old. */
  public static final int SEGMENTS = 3;

  public abstract KeyValueBytesStoreSupplier keyValue(String name);

  public abstract WindowBytesStoreSupplier window(
      String name, Duration retention, Duration windowSize);
}
