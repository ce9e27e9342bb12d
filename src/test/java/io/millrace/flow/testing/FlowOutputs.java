package io.millrace.flow.testing;

import io.millrace.flow.step.StateSerde;
import io.millrace.kafka.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** What a topology under test has written. */
public final class FlowOutputs {
  private final TopologyTestDriver driver;
  private final Map<String, TestOutputTopic<String, ? extends SpecificRecord>> outputs =
      new HashMap<>();

  public FlowOutputs(TopologyTestDriver driver) {
    this.driver = driver;
  }

  /** What came since it was read last. */
  @SuppressWarnings("unchecked") // an output's type is that of the topic it is kept under
  public <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
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

  /** Bytes of keys and values that came since a topic was read last, changelogs included. */
  Map<String, Long> bytesWritten() {
    Map<String, Long> bytes = new TreeMap<>();
    written().forEach((topic, all) -> bytes.put(topic, all.bytes()));
    return bytes;
  }

  /**
   * What was written to a topic.
   *
   * @param largest bytes of its largest row
   */
  public record Written(long rows, long bytes, long largest) {
    public Written plus(Written other) {
      return new Written(rows + other.rows, bytes + other.bytes, Math.max(largest, other.largest));
    }
  }

  /** What came since a topic was read last, by topic, changelogs included. */
  Map<String, Written> written() {
    Map<String, Written> written = new TreeMap<>();
    for (String topic : driver.producedTopicNames()) {
      Written all = new Written(0, 0, 0);
      for (TestRecord<byte[], byte[]> record :
          driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList()) {
        int bytes = record.key().length + (record.value() == null ? 0 : record.value().length);
        all = all.plus(new Written(1, bytes, bytes));
      }
      written.put(topic, all);
    }
    return written;
  }
}
