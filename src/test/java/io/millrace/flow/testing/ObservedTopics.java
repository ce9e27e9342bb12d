package io.millrace.flow.testing;

import io.millrace.flow.step.StateSerde;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** All that a reader of what is committed has seen in the flow's topics so far. */
public final class ObservedTopics implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, List<ConsumerRecord<String, byte[]>>> seen = new HashMap<>();

  public ObservedTopics(FlowCluster cluster) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?> topic : AllTopics.declared()) {
      IntStream.range(0, AllTopics.partitions(topic.name()))
          .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition)));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on. */
  public void look() {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
      seen.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record);
    }
  }

  /** Reads to the end of everything. */
  public void lookAtAll() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      look();
    }
  }

  public <V extends SpecificRecord> List<V> values(Topic<V> topic) {
    return records(topic).stream().map(record -> value(topic, record.value())).toList();
  }

  public List<ConsumerRecord<String, byte[]>> records(Topic<?> topic) {
    return List.copyOf(seen.getOrDefault(topic.name(), List.of()));
  }

  public static <V extends SpecificRecord> V value(Topic<V> topic, byte @Nullable [] bytes) {
    return StateSerde.of(topic.valueType()).deserializer().deserialize("", bytes);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
