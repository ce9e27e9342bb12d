package io.millrace.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/**
 * One role as a drawing needs it.
 *
 * @param steps each after those that lead to it
 */
record FlowGraph(String role, List<Step> steps) {
  /**
   * A processor, with the topics around it.
   *
   * @param parents steps that lead to it
   */
  record Step(
      String name,
      Set<String> reads,
      Set<String> stores,
      Set<String> parents,
      Set<String> writes) {}

  static FlowGraph of(String role, TopologyDescription topology) {
    Map<String, Processor> processors = new TreeMap<>();
    topology.subtopologies().stream()
        .flatMap(part -> part.nodes().stream())
        .filter(Processor.class::isInstance)
        .map(Processor.class::cast)
        .forEach(processor -> processors.put(processor.name(), processor));
    Map<String, Step> steps = new LinkedHashMap<>();
    processors.values().forEach(processor -> add(processor, processors, steps));
    return new FlowGraph(role, ordered(List.copyOf(steps.values())));
  }

  private static void add(
      Processor processor, Map<String, Processor> processors, Map<String, Step> steps) {
    if (steps.containsKey(processor.name())) {
      return;
    }
    Set<String> parents = names(processor.predecessors(), processors.keySet());
    parents.forEach(
        parent -> add(Objects.requireNonNull(processors.get(parent)), processors, steps));
    steps.put(
        processor.name(),
        new Step(
            processor.name(),
            topics(processor.predecessors()),
            new TreeSet<>(processor.stores()),
            parents,
            topics(processor.successors())));
  }

  /** What leads to most comes first; what the role itself sends back to its beginning, last. */
  private static List<Step> ordered(List<Step> steps) {
    List<Step> ordered = new ArrayList<>();
    List<Step> left = new ArrayList<>(steps);
    while (!left.isEmpty()) {
      Set<String> done = ordered.stream().map(Step::name).collect(Collectors.toSet());
      List<Step> ready = left.stream().filter(step -> done.containsAll(step.parents())).toList();
      String last = ordered.isEmpty() ? "" : ordered.getLast().name();
      Step next =
          ready.stream()
              .max(
                  (one, other) ->
                      Integer.compare(weight(one, last, steps), weight(other, last, steps)))
              .orElseThrow();
      ordered.add(next);
      left.remove(next);
    }
    return ordered;
  }

  private static int weight(Step step, String last, List<Step> steps) {
    int followers =
        (int) steps.stream().filter(other -> other.parents().contains(step.name())).count();
    int isNext = step.parents().contains(last) ? 1 : 0;
    boolean isFeedback =
        steps.stream().anyMatch(other -> other.writes().stream().anyMatch(step.reads()::contains));
    return 10 * followers + isNext - (isFeedback ? 1_000 : 0);
  }

  /** Topics that nearly every step writes: an arrow from each would hide the others. */
  Set<String> writtenByMost() {
    Map<String, Long> writers =
        steps.stream()
            .flatMap(step -> step.writes().stream())
            .collect(Collectors.groupingBy(topic -> topic, TreeMap::new, Collectors.counting()));
    return writers.entrySet().stream()
        .filter(topic -> topic.getValue() > 3)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> reads() {
    return steps.stream()
        .flatMap(step -> step.reads().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> writes() {
    return steps.stream()
        .flatMap(step -> step.writes().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Set<Node> nodes, Set<String> known) {
    return nodes.stream()
        .map(Node::name)
        .filter(known::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> topics(Set<Node> nodes) {
    Set<String> topics = new TreeSet<>();
    for (Node node : nodes) {
      if (node instanceof Source source) {
        topics.addAll(source.topicSet());
      } else if (node instanceof Sink sink) {
        topics.add(sink.topic());
      }
    }
    return topics;
  }
}
