package io.millrace.completeness;

import io.millrace.completeness.RoleFlow.Held;
import io.millrace.flow.HoldingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** Derives from a role's topology what it reads and writes, and what it may hold. */
public final class RoleFlows {
  private RoleFlows() {}

  /** The flow of one role. */
  public static RoleFlow of(String role, Topology topology, List<HoldingStep> holding) {
    Set<String> read = new TreeSet<>();
    Map<String, List<Held>> written = new HashMap<>();
    for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        switch (node) {
          case TopologyDescription.Source source -> read.addAll(source.topicSet());
          case TopologyDescription.Sink sink ->
              written
                  .computeIfAbsent(sink.topic(), added -> new ArrayList<>())
                  .addAll(held(role, before(sink), holding));
          default -> {}
        }
      }
    }
    List<String> loops = read.stream().filter(written::containsKey).toList();
    read.removeAll(loops);
    return new RoleFlow(role, List.copyOf(read), loops, written);
  }

  private static List<Held> held(String role, Set<String> before, List<HoldingStep> holding) {
    return holding.stream()
        .filter(step -> before.contains(step.step()))
        .map(step -> new Held(role, step.store(), step.inWords()))
        .toList();
  }

  /** All nodes upstream of a node. */
  private static Set<String> before(TopologyDescription.Node node) {
    Set<String> names = new HashSet<>();
    for (TopologyDescription.Node predecessor : node.predecessors()) {
      names.add(predecessor.name());
      names.addAll(before(predecessor));
    }
    return names;
  }
}
