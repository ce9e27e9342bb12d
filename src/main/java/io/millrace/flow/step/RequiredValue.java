package io.millrace.flow.step;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Rejects a record without a value before it reaches a step, where it would end the thread. */
public final class RequiredValue<V> implements Deserializer<V> {
  private final Deserializer<V> values;

  public RequiredValue(Deserializer<V> values) {
    this.values = values;
  }

  @Override
  public V deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new SerializationException("A record of " + topic + " has no value");
    }
    return values.deserialize(topic, bytes);
  }

  @Override
  public void close() {
    values.close();
  }
}
