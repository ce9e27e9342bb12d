package io.millrace.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.kafka.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  /** Is handed what was written, topic by topic, in order. */
  interface Reader {
    void read(Topic<?> topic, String key, byte @Nullable [] value);
  }

  static void run(
      String role,
      Topic<Event> input,
      List<ConsumerRecord<String, byte[]>> records,
      Reader reader) {
    if (records.isEmpty()) {
      return;
    }
    Instant start = Instant.ofEpochMilli(records.getFirst().timestamp());
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, offset) -> List.of(),
            source -> Duration.ofDays(3),
            TestRules.real(),
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            StoreKind.IN_MEMORY);
    Topology built = FlowProcess.built(role, topology, new Topology());
    try (TopologyTestDriver driver = new TopologyTestDriver(built, RecordsFlow.settings(), start)) {
      TestInputTopic<String, byte[]> events =
          driver.createInputTopic(input.name(), new StringSerializer(), new ByteArraySerializer());
      for (ConsumerRecord<String, byte[]> record : records) {
        Instant arrival = Instant.ofEpochMilli(record.timestamp());
        events.pipeInput(record.key(), record.value(), arrival);
      }
      driver.advanceWallClockTime(Duration.ofDays(1));
      driver.advanceWallClockTime(Duration.ofDays(1));
      for (Topic<?> topic : written(built)) {
        for (TestRecord<String, byte[]> written :
            driver
                .createOutputTopic(
                    topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()) {
          reader.read(topic, written.key(), written.value());
        }
      }
    }
  }

  private static List<Topic<?>> written(Topology topology) {
    String description = topology.describe().toString();
    List<Topic<?>> written = new ArrayList<>(Topics.all());
    written.removeIf(topic -> !description.contains("Sink: " + Nodes.write(topic) + " "));
    return written;
  }
}
