package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.stream.RecordTopics;
import io.millrace.stream.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {
  private static final TopicSettings BUNDLED =
      TopicSettings.load(Path.of("topology", "topics.yaml"));

  @Test
  void declaresExactlyTheTopicsOfTheFlowInItsOrder() {
    assertThat(
            BUNDLED.all().stream()
                .filter(setting -> !RecordTopics.isOfRecords(setting))
                .map(TopicSetting::name))
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
  void refusesDifferentPartitionsForTopicsThatOneTaskReads() {
    assertThatThrownBy(
            () ->
                TopicSettings.parse(
                    "topics.yaml", yaml("record-events", 12, "record-histories", 6)))
        .isInstanceOf(InvalidTopicSettingsException.class)
        .hasMessageContaining(
            "the topics record-events (12), record-histories (6) are read by one task and must have"
                + " the same number of partitions");
  }

  @Test
  void knowsTheTopicsThatOneTaskReads() {
    assertThat(SharedTasks.groups())
        .containsExactly(Topics.ofRecordTasks().stream().map(Topic::name).toList());
  }

  @Test
  void letsTopicsOfDifferentTasksDiffer() {
    TopicSettings settings =
        TopicSettings.parse("topics.yaml", yaml("record-events", 12, "engagement-events", 24));

    assertThat(settings.all()).extracting(TopicSetting::partitions).containsExactly(12, 24);
  }

  @Test
  void refusesAClusterWhosePartitionsAreOthers() {
    List<TopicSetting> six =
        TopicSettings.parse("topics.yaml", yaml("record-events", 6, "records-merged", 6)).all();

    assertThat(Provisioning.partitionFaults(six, Map.of("record-events", 6, "records-merged", 6)))
        .isEmpty();
    assertThat(Provisioning.partitionFaults(six, Map.of("record-events", 12, "records-merged", 6)))
        .satisfiesExactly(
            file ->
                assertThat(file)
                    .contains("topic record-events has 12 partitions, topology/topics.yaml says 6"),
            cluster ->
                assertThat(cluster)
                    .contains("on the cluster the topics record-events (12), records-merged (6)")
                    .contains("docs/capacity.md"));
  }

  private static String yaml(String one, int partitions, String other, int otherPartitions) {
    return """
        defaults:
          value: Event
          key: the record
          owner: stream
          readers: [stream]
          cleanup: delete
          retention: P7D
          compatibility: FULL
          maxMessageBytes: 1
        topics:
          %s: {partitions: %d}
          %s: {partitions: %d}
        """
        .formatted(one, partitions, other, otherPartitions);
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThatThrownBy(() -> TopicSettings.load(Path.of("nowhere", "topics.yaml")))
        .isInstanceOf(InvalidTopicSettingsException.class)
        .hasMessageContaining("nowhere");
  }
}
