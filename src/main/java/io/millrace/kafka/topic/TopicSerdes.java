package io.millrace.kafka.topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Provides the serdes of topics' values. */
public interface TopicSerdes {

  /** The serde for the values of a topic; it registers no schemas. */
  <V extends SpecificRecord> Serde<V> values(Topic<V> topic);
}
