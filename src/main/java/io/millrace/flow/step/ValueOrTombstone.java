package io.millrace.flow.step;

import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads a compacted topic, in which a record without a value removes its key. */
public final class ValueOrTombstone<V> implements Deserializer<V> {
  private final Deserializer<V> values;

  public ValueOrTombstone(Deserializer<V> values) {
    this.values = values;
  }

  @Override
  public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
    return bytes == null ? null : values.deserialize(topic, bytes);
  }

  @Override
  public void close() {
    values.close();
  }
}
