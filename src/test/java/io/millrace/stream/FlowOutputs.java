package io.millrace.stream;

import io.millrace.kafka.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** What a topology under test has written. */
final class FlowOutputs {
  private final TopologyTestDriver driver;
  private final Map<String, TestOutputTopic<String, ? extends SpecificRecord>> outputs =
      new HashMap<>();

  FlowOutputs(TopologyTestDriver driver) {
    this.driver = driver;
  }

  /** What came since it was read last. */
  @SuppressWarnings("unchecked") // an output's type is that of the topic it is kept under
  <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
    TestOutputTopic<String, V> output =
        (TestOutputTopic<String, V>)
            outputs.computeIfAbsent(
                topic.name(),
                name ->
                    driver.createOutputTopic(
                        name,
                        new StringDeserializer(),
                        StateSerde.of(topic.valueType()).deserializer()));
    return output.readRecordsToList();
  }
}
