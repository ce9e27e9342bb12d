package io.millrace.flow.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.flow.DeliveryNormalizer;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.StoreKind;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A role without a broker: what it is to end with when nothing goes wrong. */
final class UndisturbedFlow {
  private UndisturbedFlow() {}

  /** A record a role reads. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares inputs
  record Input(String key, byte[] value, long timestamp) {}

  /** Is handed what was written, topic by topic, in order. */
  interface Reader {
    void read(Topic<?> topic, String key, byte @Nullable [] value);
  }

  /**
   * Hands a role its input in this order.
   *
   * @param empty what the role is built into
   */
  static void run(
      String role,
      Topic<?> input,
      List<Input> records,
      DeliveryNormalizer normalizer,
      Topology empty,
      Reader reader) {
    if (records.isEmpty()) {
      return;
    }
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            normalizer,
            source -> Duration.ofDays(3),
            TestRules.real(),
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            StoreKind.IN_MEMORY);
    Topology built = FlowProcess.built(role, topology, empty);
    Instant start = Instant.ofEpochMilli(records.getFirst().timestamp());
    try (TopologyTestDriver driver = new TopologyTestDriver(built, RecordsFlow.settings(), start)) {
      TestInputTopic<String, byte[]> events =
          driver.createInputTopic(input.name(), new StringSerializer(), new ByteArraySerializer());
      for (Input record : records) {
        events.pipeInput(record.key(), record.value(), record.timestamp());
      }
      driver.advanceWallClockTime(Duration.ofDays(1));
      driver.advanceWallClockTime(Duration.ofDays(1));
      read(driver, written(built), reader);
    }
  }

  private static void read(TopologyTestDriver driver, List<Topic<?>> topics, Reader reader) {
    for (Topic<?> topic : topics) {
      for (TestRecord<String, byte[]> written :
          driver
              .createOutputTopic(
                  topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList()) {
        reader.read(topic, written.key(), written.value());
      }
    }
  }

  private static List<Topic<?>> written(Topology topology) {
    String description = topology.describe().toString();
    List<Topic<?>> written = new ArrayList<>(AllTopics.declared());
    written.removeIf(topic -> !description.contains("Sink: " + Nodes.write(topic) + " "));
    return written;
  }
}
