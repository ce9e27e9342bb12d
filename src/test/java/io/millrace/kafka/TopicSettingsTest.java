package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.stream.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {
  private static final TopicSettings BUNDLED =
      TopicSettings.load(Path.of("topology", "topics.yaml"));

  @Test
  void declaresExactlyTheTopicsOfTheFlowInItsOrder() {
    assertThat(BUNDLED.all().stream().map(TopicSetting::name))
        .containsExactlyElementsOf(Topics.all().stream().map(Topic::name).toList());
  }

  @Test
  void declaresTheValuesTheFlowWrites() {
    for (Topic<?> topic : Topics.all()) {
      assertThat(BUNDLED.find(topic.name()).orElseThrow().value())
          .describedAs(topic.name())
          .isEqualTo(topic.valueType());
    }
  }

  @Test
  void fillsInTheDefaults() {
    TopicSetting late = BUNDLED.find("events-late").orElseThrow();

    assertThat(late.partitions()).isEqualTo(6);
    assertThat(late.retention()).isEqualTo(Duration.ofDays(90));
    assertThat(late.config())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "7776000000")
        .containsEntry("max.message.bytes", "8388608");
  }

  @Test
  void keepsDeletionsOfCompactedTopicsReadableForTheRetention() {
    TopicSetting leads = BUNDLED.find("crm-leads").orElseThrow();

    assertThat(leads.config())
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("delete.retention.ms", "1209600000")
        .doesNotContainKey("retention.ms");
  }

  @Test
  void keepsEverySchemaFullyCompatible() {
    assertThat(BUNDLED.all())
        .extracting(TopicSetting::compatibility)
        .containsOnly("FULL_TRANSITIVE");
  }

  @Test
  void reportsEveryFaultAtOnce() {
    String yaml =
        """
        topics:
          orders:
            value: Nothing
            key: the order
            owner: edge
            readers: [stream]
            partitions: 0
            cleanup: sometimes
            retention: two weeks
            compatibility: FULL
            maxMessageBytes: 1
            colour: red
        extra: 1
        """;

    assertThatThrownBy(() -> TopicSettings.parse("topics.yaml", yaml))
        .isInstanceOf(InvalidTopicSettingsException.class)
        .message()
        .contains(
            List.of(
                "topics.yaml",
                "'extra' is not known",
                "topic orders: 'colour' is not known",
                "value 'Nothing' is not a record",
                "partitions must be a number above 0",
                "cleanup 'sometimes' must be one of",
                "retention 'two weeks' is not a duration"));
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThatThrownBy(() -> TopicSettings.load(Path.of("nowhere", "topics.yaml")))
        .isInstanceOf(InvalidTopicSettingsException.class)
        .hasMessageContaining("nowhere");
  }
}
