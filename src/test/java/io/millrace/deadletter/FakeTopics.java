package io.millrace.deadletter;

import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TrustedTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Topics in memory, read as the real ones are. */
final class FakeTopics implements TopicReader {
  private final Map<String, List<SpecificRecord>> records = new HashMap<>();
  private final Map<String, Integer> read = new HashMap<>();

  FakeTopics() {
    TrustedTypes.declare();
  }

  /** The same topics, to be read from the beginning. */
  FakeTopics(FakeTopics other) {
    this();
    records.putAll(other.records);
  }

  <V extends SpecificRecord> FakeTopics with(Topic<V> topic, V value) {
    records.computeIfAbsent(topic.name(), name -> new ArrayList<>()).add(value);
    return this;
  }

  @Override
  public <V extends SpecificRecord> void read(Topic<V> topic, Sink<V> sink) {
    List<SpecificRecord> all = records.getOrDefault(topic.name(), List.of());
    for (int offset = read.getOrDefault(topic.name(), 0); offset < all.size(); offset++) {
      sink.take("", Optional.of(topic.valueType().cast(all.get(offset))), 0, offset);
    }
    read.put(topic.name(), all.size());
  }

  @Override
  public void close() {}
}
