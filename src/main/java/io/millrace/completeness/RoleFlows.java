package io.millrace.completeness;

import io.millrace.completeness.RoleFlow.Held;
import io.millrace.completeness.RoleFlow.Read;
import io.millrace.flow.HoldingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** Derives from the roles' topologies what each reads and writes, and what it may hold. */
public final class RoleFlows {
  /** A record that is merged into a merged record takes another round; no chain is this long. */
  private static final int MOST_ROUNDS_OF_ONE = 20;

  /**
   * An event links identifiers, the link is decided, the identifier leaves a person, its history
   * follows it: five hops, and one more for each assignment that comes in between.
   */
  private static final int MOST_ROUNDS_OF_SEVERAL = 8;

  private RoleFlows() {}

  /** What one role reads, and writes behind which holding steps. */
  private record Ends(String role, Set<String> read, Map<String, List<Held>> written) {
    boolean feeds(Ends other) {
      return written.keySet().stream().anyMatch(other.read::contains);
    }
  }

  /**
   * The flow, with the roles in their order.
   *
   * @param first the topic that no role writes and that has a mark nevertheless
   */
  public static List<RoleFlow> of(
      SequencedMap<String, Topology> roles, List<HoldingStep> holding, String first) {
    List<Ends> all = new ArrayList<>();
    roles.forEach((role, topology) -> all.add(ends(role, topology, holding)));
    Set<String> marked =
        all.stream()
            .flatMap(role -> role.written().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    marked.add(first);
    List<RoleFlow> flows = new ArrayList<>();
    Set<Ends> done = new HashSet<>();
    for (Ends role : all) {
      if (!done.contains(role)) {
        List<Ends> together = together(role, all);
        done.addAll(together);
        flows.add(joined(together, marked));
      }
    }
    return flows;
  }

  /** The roles that are fed by a role and feed it, itself included. */
  private static List<Ends> together(Ends role, List<Ends> all) {
    Set<Ends> fed = reached(role, all);
    return all.stream()
        .filter(
            other ->
                other.equals(role) || (fed.contains(other) && reached(other, all).contains(role)))
        .toList();
  }

  private static Set<Ends> reached(Ends from, List<Ends> all) {
    Set<Ends> reached = new HashSet<>();
    List<Ends> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      Ends next = open.removeLast();
      all.stream().filter(next::feeds).filter(reached::add).forEach(open::add);
    }
    return reached;
  }

  private static RoleFlow joined(List<Ends> roles, Set<String> marked) {
    Map<String, List<Held>> written = new HashMap<>();
    roles.stream()
        .flatMap(role -> role.written().entrySet().stream())
        .forEach(
            entry ->
                written
                    .computeIfAbsent(entry.getKey(), added -> new ArrayList<>())
                    .addAll(entry.getValue()));
    List<Read> inputs = new ArrayList<>();
    List<Read> loops = new ArrayList<>();
    for (Ends role : roles) {
      for (String topic : role.read()) {
        boolean isInput = marked.contains(topic) && !written.containsKey(topic);
        (isInput ? inputs : loops).add(new Read(role.role(), topic));
      }
    }
    return new RoleFlow(
        roles.stream().map(Ends::role).collect(Collectors.joining(" and ")),
        inputs,
        loops,
        written,
        roles.size() == 1 ? MOST_ROUNDS_OF_ONE : MOST_ROUNDS_OF_SEVERAL);
  }

  private static Ends ends(String role, Topology topology, List<HoldingStep> holding) {
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
    return new Ends(role, read, written);
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
