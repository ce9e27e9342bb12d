package io.millrace.completeness;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The marks of all topics: of several roles that write to one, the earliest counts. */
final class TopicMarks {
  private final Map<String, Set<String>> writers = new HashMap<>();
  private final Map<String, Map<String, TopicMark>> byWriter = new HashMap<>();

  TopicMarks(List<RoleFlow> roles) {
    for (RoleFlow role : roles) {
      role.outputs()
          .keySet()
          .forEach(
              topic -> writers.computeIfAbsent(topic, added -> new HashSet<>()).add(role.name()));
    }
  }

  /** Whether a role of the flow writes to a topic. */
  boolean isWritten(String topic) {
    return writers.containsKey(topic);
  }

  /** Sets the mark of one writer of a topic. */
  void put(String topic, String writer, TopicMark mark) {
    byWriter.computeIfAbsent(topic, added -> new HashMap<>()).put(writer, mark);
  }

  /** The mark of a topic; empty while one of its writers has none. */
  Optional<TopicMark> of(String topic) {
    Map<String, TopicMark> known = byWriter.getOrDefault(topic, Map.of());
    return known.keySet().containsAll(writers.getOrDefault(topic, Set.of()))
        ? known.values().stream().reduce(TopicMark::earlier)
        : Optional.empty();
  }

  /** All topics with a mark. */
  Set<String> topics() {
    return Set.copyOf(byWriter.keySet());
  }
}
