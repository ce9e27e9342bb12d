package io.millrace.kafka.read;

import io.millrace.kafka.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Reads single records of any topic by where they stand. */
public interface RecordsByPlace {

  /** The record at an offset; empty if it is kept no longer, or never was there. */
  <V extends SpecificRecord> Optional<V> at(Topic<V> topic, int partition, long offset);
}
