package io.millrace.bench.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The ids each topic has committed and that stand: a tombstone takes its key's id away. */
final class Committed {
  private final Map<String, Set<String>> byTopic = new HashMap<>();

  void put(String topic, String id) {
    byTopic.computeIfAbsent(topic, any -> new HashSet<>()).add(id);
  }

  void remove(String topic, String id) {
    byTopic.computeIfAbsent(topic, any -> new HashSet<>()).remove(id);
  }

  Set<String> of(String topic) {
    return Set.copyOf(byTopic.getOrDefault(topic, Set.of()));
  }
}
