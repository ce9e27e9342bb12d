package io.millrace.kafka.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.flow.RecordTopics;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.streams.SharedTasks;
import io.millrace.kafka.topic.Topic;
import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
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
    assertThat(late.retention()).isEqualTo(Duration.ofDays(28));
    assertThat(late.config())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "2419200000")
        .containsEntry("segment.ms", "86400000")
        .containsEntry("max.message.bytes", "8388608")
        .doesNotContainKey("max.compaction.lag.ms");
  }

  @Test
  void keepsDeletionsOfCompactedTopicsReadableForTheRetention() {
    TopicSetting leads = BUNDLED.find("crm-leads").orElseThrow();

    assertThat(leads.config())
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("delete.retention.ms", "1209600000")
        .containsEntry("max.compaction.lag.ms", "604800000")
        .containsEntry("segment.ms", "86400000")
        .doesNotContainKey("retention.ms");
  }

  @Test
  void letsOldValuesOfCompactedTopicsGo() {
    assertThat(BUNDLED.all())
        .filteredOn(TopicSetting::isCompacted)
        .isNotEmpty()
        .allSatisfy(
            topic ->
                assertThat(topic.longestKept())
                    .describedAs(topic.name())
                    .isEqualTo(Duration.ofDays(8)));
  }

  @Test
  void takesTheTimesOfCompactionFromTheTopicTheDefaultsOrTheCode() {
    TopicSettings settings =
        read(
            """
            defaults: {segment: PT12H, partitions: 1, retention: P1D, compatibility: FULL}
            topics:
              people: {value: Person, key: k, owner: o, readers: [r], cleanup: compact,
                maxMessageBytes: 8388608, maxCompactionLag: P2D}
              accounts: {value: Person, key: k, owner: o, readers: [r], cleanup: compact,
                maxMessageBytes: 8388608}
            """);

    assertThat(settings.all())
        .extracting(TopicSetting::maxCompactionLag, TopicSetting::segment)
        .containsExactly(
            tuple(Duration.ofDays(2), Duration.ofHours(12)),
            tuple(Duration.ofDays(7), Duration.ofHours(12)));
  }

  @Test
  void refusesTimesThatWouldMakeCompactionNeverEnd() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    topics:
                      people: {value: Person, key: k, owner: o, readers: [r], cleanup: compact,
                        retention: P1D, partitions: 1, compatibility: FULL,
                        maxMessageBytes: 8388608, segment: PT0S}
                    """))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("segment: PT0S is too short; use a minute or longer");
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
            maxMessageBytes: 8388607
            colour: red
        extra: 1
        """;

    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            InvalidFileException.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(Fault::toString)
                    .containsExactly(
                        "topics.yaml:3: value: Nothing cannot be used; name a record of"
                            + " schemas/",
                        "topics.yaml:7: partitions: 0 cannot be used; write a whole number"
                            + " from 1 to 2147483647",
                        "topics.yaml:8: cleanup: sometimes cannot be used; use one of compact,"
                            + " delete",
                        "topics.yaml:9: retention: two weeks cannot be used; write an ISO 8601"
                            + " duration, as in P14D or PT12H",
                        "topics.yaml:11: maxMessageBytes: 8388607 cannot be used; write a whole"
                            + " number from 8388608 to 2147483647",
                        "topics.yaml:12: the key colour is unknown; use one of"
                            + " maxCompactionLag, segment",
                        "topics.yaml:13: the key extra is unknown; use one of defaults"));
  }

  @Test
  void refusesDifferentPartitionsForTopicsThatOneTaskReads() {
    assertThatThrownBy(() -> read(yaml("record-events", 12, "record-histories", 6)))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(
            "the topics record-events (12), record-histories (6) are read by one task and must have"
                + " the same number of partitions");
  }

  @Test
  void knowsTheTopicsThatOneTaskReads() {
    assertThat(SharedTasks.groups())
        .containsExactly(
            Topics.ofRecordTasks().stream().map(Topic::name).toList(),
            Topics.ofEngagementTasks().stream().map(Topic::name).toList(),
            Topics.ofAccountTasks().stream().map(Topic::name).toList());
  }

  @Test
  void refusesSeveralPartitionsOfWhatOneTaskMustSeeAllOf() {
    assertThat(SharedTasks.single())
        .containsExactlyElementsOf(Topics.ofIdentityTasks().stream().map(Topic::name).toList());
    assertThatThrownBy(() -> read(yaml("identity-links", 2, "identity-decisions", 1)))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("the topic identity-links (2) must have one partition");
  }

  @Test
  void letsTopicsOfDifferentTasksDiffer() {
    TopicSettings settings = read(yaml("record-events", 12, "engagement-events", 24));

    assertThat(settings.all()).extracting(TopicSetting::partitions).containsExactly(12, 24);
  }

  @Test
  void refusesAClusterWhosePartitionsAreOthers() {
    List<TopicSetting> six = read(yaml("record-events", 6, "records-merged", 6)).all();

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

  private static TopicSettings read(String yaml) {
    return YamlFile.read("topics.yaml", yaml, TopicSettings::read);
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
          maxMessageBytes: 8388608
        topics:
          %s: {partitions: %d}
          %s: {partitions: %d}
        """
        .formatted(one, partitions, other, otherPartitions);
  }

  /** A role that was down for longer than its input is kept would lose events. */
  @Test
  void keepsWhatRolesReadAsLongAsTheDeliveries() {
    Duration deliveries = BUNDLED.find("deliveries-received").orElseThrow().retention();

    assertThat(RolesInputs.TOPICS)
        .allSatisfy(
            name ->
                assertThat(BUNDLED.find(name).orElseThrow().retention())
                    .isGreaterThanOrEqualTo(deliveries));
    assertThat(RolesInputs.TOPICS)
        .containsExactlyInAnyOrderElementsOf(
            BUNDLED.all().stream()
                .filter(topic -> !topic.name().equals("deliveries-received"))
                .filter(topic -> topic.cleanup().equals("delete"))
                .filter(
                    topic -> topic.readers().stream().anyMatch(each -> each.startsWith("stream")))
                .map(TopicSetting::name)
                .toList());
  }

  @Test
  void refusesToForgetEventsBeforeTheirDeliveries() {
    String yaml =
        yaml("deliveries-received", 1, "record-events", 1)
            .replace("record-events: {", "record-events: {retention: P6D, ");

    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("record-events is kept for PT144H")
        .hasMessageContaining("deliveries-received for PT168H");
    assertThat(read(yaml.replace("P6D", "P8D")).all()).hasSize(2);
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThatThrownBy(() -> TopicSettings.load(Path.of("nowhere", "topics.yaml")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("nowhere");
  }
}
