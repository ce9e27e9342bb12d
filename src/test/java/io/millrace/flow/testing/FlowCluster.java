package io.millrace.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.bench.testing.TestBroker;
import io.millrace.flow.step.StateSerde;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.LoggerFactory;

/** A real broker with the flow's topics, for one scenario after the other. */
public final class FlowCluster implements AutoCloseable {
  public static final int PARTITIONS = 3;

  private final TestBroker broker;
  private final KafkaSettings kafka;
  private final Admin admin;
  private Producer<String, byte[]> producer;

  private FlowCluster(TestBroker broker) {
    this.broker = broker;
    this.kafka = KafkaSettings.of(broker.bootstrapServers());
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    this.producer = producer();
  }

  private Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  public static FlowCluster start(Path directory) throws Exception {
    // Faults are what these tests are about; each would fill a page.
    for (String logger : List.of("org.apache.kafka", "kafka", "io.millrace.kafka")) {
      ((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.OFF);
    }
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    return new FlowCluster(TestBroker.start(directory));
  }

  public KafkaSettings kafka() {
    return kafka;
  }

  public Admin admin() {
    return admin;
  }

  private Set<String> topics() {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException | InterruptedException failure) {
      throw new IllegalStateException("The broker does not list its topics", failure);
    }
  }

  /** Forgets what is in every topic. */
  public void reset() throws ExecutionException, InterruptedException {
    Set<String> existing = topics();
    admin.deleteTopics(existing).all().get();
    until(
        "the topics are gone",
        Duration.ofSeconds(20),
        () -> assertThat(topics()).filteredOn(existing::contains).isEmpty());
    List<NewTopic> wanted = new ArrayList<>();
    for (Topic<?> topic : AllTopics.declared()) {
      wanted.add(
          new NewTopic(topic.name(), AllTopics.partitions(topic.name()), (short) 1)
              .configs(Map.of("retention.ms", "-1", "max.message.bytes", "8388608")));
    }
    admin.createTopics(wanted).all().get();
    List<String> names = wanted.stream().map(NewTopic::name).toList();
    until(
        "the topics are there",
        Duration.ofSeconds(20),
        () -> assertThat(topics()).containsAll(names));
    // A producer that knew the topics of the same names may keep to them, and send nothing.
    producer.close();
    producer = producer();
  }

  /** Writes and waits until the broker has it all. */
  public <V extends SpecificRecord> void send(Topic<V> topic, List<Sent<V>> records)
      throws Exception {
    List<Future<RecordMetadata>> written = new ArrayList<>();
    for (Sent<V> record : records) {
      byte[] value = StateSerde.of(topic.valueType()).serializer().serialize("", record.value());
      written.add(
          producer.send(
              new ProducerRecord<>(
                  topic.name(),
                  record.partition().orElse(null),
                  record.timestamp(),
                  record.key(),
                  value)));
    }
    for (Future<RecordMetadata> each : written) {
      each.get();
    }
  }

  /** What is written: its partition follows from the key unless it is given. */
  public record Sent<V extends SpecificRecord>(
      Optional<Integer> partition, String key, V value, long timestamp) {
    public Sent(String key, V value, long timestamp) {
      this(Optional.empty(), key, value, timestamp);
    }
  }

  /** Where each partition of a topic ends for readers of what is committed. */
  public Map<TopicPartition, Long> ends(String topic) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    try {
      for (TopicDescription found :
          admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
        found
            .partitions()
            .forEach(
                each ->
                    wanted.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest()));
      }
      admin
          .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
    } catch (ExecutionException failure) {
      throw new IllegalStateException("The broker of the test did not answer", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return ends;
  }

  /** Waits for something to become so, and tells what was seen instead if it does not. */
  public static void until(String what, Duration patience, Condition condition) {
    await(what)
        // Stream threads die here on purpose.
        .dontCatchUncaughtExceptions()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(condition::check);
  }

  /** Fails with what is missing as long as it is not so. */
  public interface Condition {
    void check();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    broker.close();
  }
}
