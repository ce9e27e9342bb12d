package io.millrace.cli.identity;

import io.millrace.kafka.read.KeyedRecords;
import io.millrace.kafka.topic.Topic;
import io.millrace.kafka.topic.TrustedTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Topics in memory, with keys. */
final class FakeRecords implements KeyedRecords {
  private record Entry(String key, Optional<SpecificRecord> value) {}

  private final Map<String, List<Entry>> topics = new HashMap<>();

  FakeRecords() {
    TrustedTypes.declare();
  }

  <V extends SpecificRecord> void add(Topic<V> topic, String key, V value) {
    entries(topic).add(new Entry(key, Optional.of(value)));
  }

  void remove(Topic<?> topic, String key) {
    entries(topic).add(new Entry(key, Optional.empty()));
  }

  private List<Entry> entries(Topic<?> topic) {
    return topics.computeIfAbsent(topic.name(), name -> new ArrayList<>());
  }

  @Override
  public <V extends SpecificRecord> void ofKeys(
      Topic<V> topic, Collection<String> keys, BiConsumer<String, Optional<V>> sink) {
    where(topic, Set.copyOf(keys)::contains, sink);
  }

  @Override
  public <V extends SpecificRecord> void where(
      Topic<V> topic, Predicate<String> keys, BiConsumer<String, Optional<V>> sink) {
    for (Entry entry : List.copyOf(entries(topic))) {
      if (keys.test(entry.key())) {
        sink.accept(entry.key(), entry.value().map(topic.valueType()::cast));
      }
    }
  }

  @Override
  public void close() {}
}
