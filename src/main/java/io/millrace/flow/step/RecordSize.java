package io.millrace.flow.step;

import io.millrace.kafka.format.EncodedSize;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TopicLimits;
import org.apache.avro.specific.SpecificRecord;

/** Whether a record is small enough for every topic. */
final class RecordSize {
  /** UTF-8 needs three bytes for one char, and four for a pair of them. */
  private static final long BYTES_OF_CHARACTER = 3;

  private RecordSize() {}

  static <V extends SpecificRecord> boolean isAccepted(String key, V value) {
    return EncodedSize.isAtMost(
        TopicLimits.MAX_RECORD_BYTES - BYTES_OF_CHARACTER * key.length(), value);
  }

  /** The error of a record that is too large. */
  static <V extends SpecificRecord> String error(Topic<V> topic, String key, V value) {
    return ("The record for %s has %d bytes and a key of %d characters; %d bytes are accepted. It"
            + " was not written. Send less data, or map fewer fields.")
        .formatted(topic.name(), EncodedSize.of(value), key.length(), TopicLimits.MAX_RECORD_BYTES);
  }
}
