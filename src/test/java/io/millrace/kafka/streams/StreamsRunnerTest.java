package io.millrace.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.setting.Settings;
import io.millrace.kafka.topic.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsRunnerTest {
  @TempDir private Path directory;

  @Test
  void refusesTheStateDirectoryOfAnotherProcess() {
    try (StreamsRunner first = runner("records")) {
      assertThatThrownBy(() -> runner("records"))
          .isInstanceOf(StateDirectoryException.class)
          .hasMessageContaining("The state directory " + directory)
          .hasMessageContaining("role " + first.role())
          .hasMessageContaining("--set stream.state.directory=DIR");
    }
  }

  @Test
  void letsTwoRolesShareAStateDirectory() {
    try (StreamsRunner records = runner("records");
        StreamsRunner engagement = runner("engagement")) {
      assertThat(records.role()).isNotEqualTo(engagement.role());
    }
  }

  private StreamsRunner runner(String role) {
    return new StreamsRunner(
        role,
        topology(),
        KafkaSettings.of("127.0.0.1:1"),
        Settings.read(
            StreamSettings.class,
            Map.of("stream.instance", "1", "stream.state.directory", directory.toString())),
        new CaughtUpConsumers());
  }

  private static Topology topology() {
    return new Topology()
        .addSource("read", new StringDeserializer(), new StringDeserializer(), "somewhere")
        .addProcessor("remember", Nothing::new, "read")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore("memory"), Serdes.String(), Serdes.String()),
            "remember");
  }

  private static final class Nothing extends ContextualProcessor<String, String, String, String> {
    @Override
    public void process(Record<String, String> record) {}
  }
}
