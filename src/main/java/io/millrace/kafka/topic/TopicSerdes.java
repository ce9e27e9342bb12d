package io.millrace.kafka.topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Where the flow gets the serde of a topic's values from. */
public interface TopicSerdes {

  /** The serde for the values of a topic; registers nothing by itself. */
  <V extends SpecificRecord> Serde<V> values(Topic<V> topic);
}
