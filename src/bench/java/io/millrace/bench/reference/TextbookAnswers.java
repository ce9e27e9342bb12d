package io.millrace.bench.reference;

import io.millrace.bench.answers.Answers;
import io.millrace.bench.answers.FlowAnswers;
import io.millrace.bench.load.MixEvent;
import io.millrace.bench.setup.BenchCluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The results of the textbook version for the mix. */
public final class TextbookAnswers {
  private final Answers answers = new Answers();

  public static Answers read(BenchCluster cluster) {
    TextbookAnswers read = new TextbookAnswers();
    read(cluster, TextbookTopology.EVENTS, Serdes.String().deserializer(), read::event);
    read(cluster, TextbookTopology.MINUTES, Serdes.Long().deserializer(), read::minute);
    read(cluster, TextbookTopology.RECORDS, Serdes.String().deserializer(), read::record);
    return read.answers;
  }

  /** Takes one record of a topic. */
  @FunctionalInterface
  interface Taker<V> {
    void take(String key, V value);
  }

  /** An event passed the deduplication. */
  void event(String source, String event) {
    answers.passed(MixEvent.numberOf(TextbookTopology.id(event)));
  }

  /** A minute was closed; a later result for it replaces the earlier one. */
  void minute(String personAndStart, Long events) {
    int split = personAndStart.indexOf('@');
    answers.counts(
        personAndStart.substring(0, split),
        Long.parseLong(personAndStart.substring(split + 1)),
        events);
  }

  /** A record was written. */
  void record(String record, String event) {
    if (record.startsWith("L-")) {
      answers.status(FlowAnswers.lead(record), TextbookTopology.field(event, "status"));
    }
  }

  /** All results so far. */
  Answers answers() {
    return answers;
  }

  private static <V> void read(
      BenchCluster cluster, String topic, Deserializer<V> values, Taker<V> taker) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.endpoints().bootstrapServers());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    try (Consumer<String, V> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
        for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofMillis(200))) {
          taker.take(record.key(), record.value());
        }
      }
    }
  }
}
