package io.millrace.flow.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What a release of the flow leaves in Kafka: its topics, its stores' changelogs and how far its
 * groups have read. A line of JSON for each.
 */
public record StateSnapshot(List<Row> rows, List<Place> places) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A record of a topic as it lies there, its bytes in base64. */
  public record Row(
      String topic, int partition, long timestamp, @Nullable String key, @Nullable String value) {}

  /** How far a group has read, and what Kafka Streams noted beside it. */
  public record Place(String group, String topic, int partition, long offset, String metadata) {}

  public static StateSnapshot read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"group\"")) {
          places.add(JSON.readValue(line, Place.class));
        } else {
          rows.add(JSON.readValue(line, Row.class));
        }
      }
    }
    return new StateSnapshot(rows, places);
  }

  public void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (Writer lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Object line : rows) {
        lines.write(JSON.writeValueAsString(line) + "\n");
      }
      for (Object line : places) {
        lines.write(JSON.writeValueAsString(line) + "\n");
      }
    }
  }

  /** Brings a broker to where the release left its own. */
  public void restoreTo(FlowCluster cluster) throws Exception {
    List<NewTopic> changelogs =
        rows.stream()
            .map(Row::topic)
            .filter(topic -> topic.endsWith("-changelog"))
            .distinct()
            .map(
                topic ->
                    new NewTopic(topic, FlowCluster.PARTITIONS, (short) 1)
                        .configs(Map.of("retention.ms", "-1", "max.message.bytes", "8388608")))
            .toList();
    cluster.admin().createTopics(changelogs).all().get();
    List<Future<RecordMetadata>> written = new ArrayList<>();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Row row : rows) {
        written.add(
            producer.send(
                new ProducerRecord<>(
                    row.topic(),
                    row.partition(),
                    row.timestamp(),
                    bytes(row.key()),
                    bytes(row.value()))));
      }
    }
    for (Future<RecordMetadata> each : written) {
      each.get();
    }
    Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new TreeMap<>();
    for (Place place : places) {
      groups
          .computeIfAbsent(place.group(), group -> new HashMap<>())
          .put(
              new TopicPartition(place.topic(), place.partition()),
              new OffsetAndMetadata(place.offset(), place.metadata()));
    }
    for (Map.Entry<String, Map<TopicPartition, OffsetAndMetadata>> group : groups.entrySet()) {
      cluster.admin().alterConsumerGroupOffsets(group.getKey(), group.getValue()).all().get();
    }
  }

  private static byte @Nullable [] bytes(@Nullable String base64) {
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  public static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
