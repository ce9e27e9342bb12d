package io.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One partition of a topic, in the hands of somebody who should not have it. */
final class TamperedTopic implements AutoCloseable {
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final TopicPartition partition;
  private final List<ConsumerRecord<byte[], byte[]>> records;

  /** Takes the partition that holds most. */
  TamperedTopic(int port, String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:" + port,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            "enable.metrics.push",
            false);
    admin = Admin.create(settings);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      partition =
          all.stream().max(Comparator.comparing(each -> ends.getOrDefault(each, 0L))).orElseThrow();
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      records = new ArrayList<>();
      long end = ends.getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        records.addAll(consumer.poll(Duration.ofSeconds(1)).records(partition));
      }
    }
    assertThat(records).hasSizeGreaterThan(1);
  }

  /** Deletes the first record and tells its key. */
  String removeFirst() throws Exception {
    ConsumerRecord<byte[], byte[]> first = records.getFirst();
    admin
        .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(first.offset() + 1)))
        .all()
        .get();
    return new String(first.key(), UTF_8);
  }

  /** Writes the last record once more and tells where it stands now. */
  List<String> doubleLast() throws Exception {
    ConsumerRecord<byte[], byte[]> last = records.getLast();
    Headers headers = last.headers();
    RecordMetadata copy =
        producer
            .send(
                new ProducerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    last.timestamp(),
                    last.key(),
                    last.value(),
                    headers))
            .get();
    return List.of(partition + "@" + last.offset(), partition + "@" + copy.offset());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
