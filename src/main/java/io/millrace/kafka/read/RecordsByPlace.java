package io.millrace.kafka.read;

import io.millrace.kafka.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Reads single records of any topic by partition and offset. */
public interface RecordsByPlace {

  /** The record at an offset; empty if it has expired, or never existed. */
  <V extends SpecificRecord> Optional<V> at(Topic<V> topic, int partition, long offset);
}
