package io.millrace.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** A {@link RecordLookup} for each topic that is asked for. Not safe for several threads. */
public final class RecordLookups implements RecordsByPlace, AutoCloseable {
  private final KafkaSettings kafka;
  private final TopicSerdes serdes;
  private final Map<String, RecordLookup<?>> lookups = new HashMap<>();

  public RecordLookups(KafkaSettings kafka, TopicSerdes serdes) {
    this.kafka = kafka;
    this.serdes = serdes;
  }

  @Override
  public <V extends SpecificRecord> Optional<V> at(Topic<V> topic, int partition, long offset) {
    return lookups
        .computeIfAbsent(topic.name(), name -> new RecordLookup<>(kafka, serdes, topic))
        .at(partition, offset)
        .map(topic.valueType()::cast);
  }

  @Override
  public void close() {
    lookups.values().forEach(RecordLookup::close);
    lookups.clear();
  }
}
