package io.millrace.flow.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.flow.FlowRules;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology of accounts on a clock the test turns. */
public final class AccountsFlow implements AutoCloseable {
  private final TopologyTestDriver driver;
  private final FlowOutputs outputs;
  private final Map<String, TestInputTopic<String, ? extends SpecificRecord>> inputs =
      new HashMap<>();
  private Instant now;

  public AccountsFlow(Instant start, FlowRules rules, StoreKind stores) {
    now = start;
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, offset) -> List.of(),
            source -> Duration.ofDays(3),
            rules,
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            stores);
    driver = new TopologyTestDriver(topology.accounts(), RecordsFlow.settings(), start);
    outputs = new FlowOutputs(driver);
  }

  /** A row arrives now; a tombstone without a value. */
  @SuppressWarnings("unchecked") // an input's type is that of the topic it is kept under
  public <V extends SpecificRecord> void arrive(Topic<V> topic, String key, @Nullable V value) {
    TestInputTopic<String, V> input =
        (TestInputTopic<String, V>)
            inputs.computeIfAbsent(
                topic.name(),
                name ->
                    driver.createInputTopic(
                        name,
                        new StringSerializer(),
                        StateSerde.of(topic.valueType()).serializer()));
    input.pipeInput(key, value, now);
  }

  /** Time passes and nothing arrives. */
  public void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** What came since it was read last. */
  public <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
    return outputs.read(topic);
  }

  /** What a step remembers. */
  public <V> KeyValueStore<String, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  @Override
  public void close() {
    driver.close();
  }
}
