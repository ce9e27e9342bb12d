package io.millrace.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.completeness.RoleFlow.Held;
import io.millrace.completeness.RoleFlow.Read;
import io.millrace.flow.HoldingStep;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class RoleFlowsTest {
  private static final HoldingStep WAITING =
      new HoldingStep("wait", "waiting", "what waits", bytes -> Instant.EPOCH);

  @Test
  void findsOutWhatIsReadAndWrittenAndBehindWhatItIs() {
    Topology topology =
        new Topology()
            .addSource("read-events", "events")
            .addSource("read-again", "again")
            .addProcessor("drop", Passing::new, "read-events")
            .addProcessor("wait", Passing::new, "drop")
            .addProcessor("merge", Passing::new, "wait", "read-again")
            .addSink("write-duplicates", "duplicates", "drop")
            .addSink("write-ordered", "ordered", "merge")
            .addSink("write-again", "again", "merge");

    RoleFlow flow = flows(Map.of("records", topology)).getFirst();

    Held held = new Held("records", "waiting", "what waits");
    assertThat(flow.inputs()).containsExactly(new Read("records", "events"));
    assertThat(flow.loops()).containsExactly(new Read("records", "again"));
    assertThat(flow.outputs())
        .containsOnlyKeys("duplicates", "ordered", "again")
        .containsEntry("duplicates", List.of())
        .containsEntry("ordered", List.of(held))
        .containsEntry("again", List.of(held));
  }

  @Test
  void letsRolesThatFeedEachOtherAdvanceTogether() {
    Map<String, Topology> roles =
        new TreeMap<>(
            Map.of(
                "a-normalize", passing(List.of("events"), List.of("deeds", "sightings")),
                "b-engagement",
                    passing(
                        List.of("deeds", "sightings", "assignments", "messages"),
                        List.of("sightings", "messages", "links", "scores")),
                "c-identity", passing(List.of("links", "decisions"), List.of("assignments")),
                "d-last", passing(List.of("scores"), List.of("reports"))));

    List<RoleFlow> flows = flows(roles);

    assertThat(flows)
        .extracting(RoleFlow::name)
        .containsExactly("a-normalize", "b-engagement and c-identity", "d-last");
    RoleFlow together = flows.get(1);
    assertThat(together.inputs()).containsExactly(new Read("b-engagement", "deeds"));
    assertThat(together.loops())
        .as("what they write themselves, and what has no mark")
        .containsExactlyInAnyOrder(
            new Read("b-engagement", "sightings"),
            new Read("b-engagement", "assignments"),
            new Read("b-engagement", "messages"),
            new Read("c-identity", "links"),
            new Read("c-identity", "decisions"));
    assertThat(together.outputs())
        .containsOnlyKeys("sightings", "messages", "links", "scores", "assignments");
    assertThat(flows.getLast().inputs()).containsExactly(new Read("d-last", "scores"));
  }

  private static Topology passing(List<String> read, List<String> written) {
    Topology topology = new Topology();
    read.forEach(topic -> topology.addSource("read-" + topic, topic));
    topology.addProcessor(
        "pass", Passing::new, read.stream().map(topic -> "read-" + topic).toArray(String[]::new));
    written.forEach(topic -> topology.addSink("write-" + topic, topic, "pass"));
    return topology;
  }

  private static List<RoleFlow> flows(Map<String, Topology> roles) {
    return RoleFlows.of(new LinkedHashMap<>(roles), List.of(WAITING), "events");
  }

  private static final class Passing implements Processor<Object, Object, Object, Object> {
    @Override
    public void process(Record<Object, Object> record) {}
  }
}
