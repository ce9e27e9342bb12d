package io.millrace.kafka.read;

import io.millrace.kafka.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Reads topics the way any consumer would, committed records only. */
public interface TopicReader extends AutoCloseable {

  /** Hands over what has been committed to a topic since the last call for it. */
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
     * Is told of a record that somebody else wrote: not in our format, so nothing of ours. Passed
     * over unless a reader looks for such.
     */
    default void foreign(int partition, long offset) {}
  }
}
