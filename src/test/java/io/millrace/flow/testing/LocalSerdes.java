package io.millrace.flow.testing;

import io.millrace.flow.step.StateSerde;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicSerdes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Serdes for tests without a registry. */
public final class LocalSerdes implements TopicSerdes {
  @Override
  public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
    return StateSerde.of(topic.valueType());
  }
}
