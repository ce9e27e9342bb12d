package io.millrace.stream;

import io.millrace.kafka.Topic;
import io.millrace.kafka.TopicSerdes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Serdes for tests without a registry. */
final class LocalSerdes implements TopicSerdes {
  @Override
  public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
    return StateSerde.of(topic.valueType());
  }
}
