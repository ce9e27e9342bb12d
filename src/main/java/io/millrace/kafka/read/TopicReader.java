package io.millrace.kafka.read;

import io.millrace.kafka.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Reads the committed records of topics. */
public interface TopicReader extends AutoCloseable {

  /** Passes on what has been committed to a topic since the last call for it. */
  <V extends SpecificRecord> void read(Topic<V> topic, Sink<V> sink);

  @Override
  void close();

  /** Takes records; those of one partition in order. */
  @FunctionalInterface
  interface Sink<V> {
    /**
     * Takes one record.
     *
     * @param value empty for a tombstone
     */
    void take(String key, Optional<V> value, int partition, long offset);

    /**
     * Takes a foreign record, which is not in our format. Ignored unless a reader looks for such
     * records.
     */
    default void foreign(int partition, long offset) {}
  }
}
