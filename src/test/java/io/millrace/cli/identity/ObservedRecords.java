package io.millrace.cli.identity;

import io.millrace.flow.testing.ObservedTopics;
import io.millrace.kafka.read.KeyedRecords;
import io.millrace.kafka.topic.Topic;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** The topics of a broker without a registry, by key. */
record ObservedRecords(ObservedTopics topics) implements KeyedRecords {

  @Override
  public <V extends SpecificRecord> void ofKeys(
      Topic<V> topic, Collection<String> keys, BiConsumer<String, Optional<V>> sink) {
    where(topic, Set.copyOf(keys)::contains, sink);
  }

  @Override
  public <V extends SpecificRecord> void where(
      Topic<V> topic, Predicate<String> keys, BiConsumer<String, Optional<V>> sink) {
    topics.lookAtAll();
    topics.records(topic).stream()
        .filter(record -> keys.test(record.key()))
        .forEach(
            record ->
                sink.accept(
                    record.key(),
                    Optional.ofNullable(record.value())
                        .map(bytes -> ObservedTopics.value(topic, bytes))));
  }

  @Override
  public void close() {}
}
