package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.flow.naive.CountTickets;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.LocalSerdes;
import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestRules;
import io.millrace.kafka.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/** The flow as reviewed: a changed name is a changed store or topic, and so a migration. */
public class TopologyGoldenTest {
  private static final Path GOLDEN = Path.of("topology", "topology.txt");

  @Test
  void isTheTopologyThatWasReviewed() throws IOException {
    String described = topology().describe();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(GOLDEN, described);
    }

    assertThat(Files.readString(GOLDEN))
        .as(
            "%s differs from the code. If the change is meant, regenerate it with"
                + " mvn test -Dtest=TopologyGoldenTest -Dgolden.write=true and review the"
                + " difference: a renamed store loses what it remembers.",
            GOLDEN)
        .isEqualTo(described);
  }

  @Test
  void anotherHandlerTouchesNoOtherNode() {
    Map<String, Set<String>> before = contents(topology().records());
    Map<String, Set<String>> after =
        contents(topology(RecordsFlow.registered().and(new CountTickets())).records());

    assertThat(after).containsAllEntriesOf(before);
    assertThat(after)
        .containsEntry(CountTickets.NAME, Set.of(CountTickets.STORE.name()))
        .containsEntry(Nodes.write(CountTickets.TOPIC), Set.of(CountTickets.TOPIC.name()))
        .hasSize(before.size() + 2);
  }

  @Test
  void everyStageOfAdmissionIsAStep() {
    assertThat(Admission.stages())
        .allSatisfy(
            stage -> assertThat(topology().describe()).contains("Processor: " + stage + " "));
  }

  @Test
  void topicsThatOneTaskReadsAreKnownToNeedTheSameNumberOfPartitions() {
    MillraceTopology flow = topology();
    List<Set<String>> readTogether =
        Stream.of(
                flow.normalize(),
                flow.records(),
                flow.engagement(),
                flow.identity(),
                flow.accounts())
            .flatMap(role -> role.describe().subtopologies().stream())
            .map(TopologyGoldenTest::read)
            .filter(topics -> topics.size() > 1)
            .toList();

    assertThat(readTogether)
        .containsExactly(
            Topics.ofRecordTasks().stream().map(Topic::name).collect(Collectors.toSet()),
            Topics.ofEngagementTasks().stream().map(Topic::name).collect(Collectors.toSet()),
            Topics.ofIdentityTasks().stream().map(Topic::name).collect(Collectors.toSet()),
            Topics.ofAccountTasks().stream().map(Topic::name).collect(Collectors.toSet()));
  }

  private static Set<String> read(TopologyDescription.Subtopology part) {
    return part.nodes().stream()
        .filter(TopologyDescription.Source.class::isInstance)
        .flatMap(node -> contents(node).stream())
        .collect(Collectors.toSet());
  }

  /** What each node has of its own: a step its stores, a sink its topic. */
  private static Map<String, Set<String>> contents(Topology topology) {
    return topology.describe().subtopologies().stream()
        .flatMap(part -> part.nodes().stream())
        .collect(Collectors.toMap(TopologyDescription.Node::name, TopologyGoldenTest::contents));
  }

  private static Set<String> contents(TopologyDescription.Node node) {
    return switch (node) {
      case TopologyDescription.Source source -> source.topicSet();
      case TopologyDescription.Processor processor -> processor.stores();
      case TopologyDescription.Sink sink -> Set.of(sink.topic());
      default -> throw new IllegalArgumentException("An unknown kind of node: " + node);
    };
  }

  public static MillraceTopology topology() {
    return topology(RecordsFlow.registered());
  }

  private static MillraceTopology topology(RecordHandlers handlers) {
    return new MillraceTopology(
        new LocalSerdes(),
        (delivery, partition, offset) -> List.of(),
        source -> Duration.ofDays(3),
        TestRules.with(RecordsFlow.defaultRules()),
        (topic, partition) -> true,
        new FlowMetrics(new SimpleMeterRegistry()),
        StoreKind.ROCKSDB,
        handlers);
  }
}
