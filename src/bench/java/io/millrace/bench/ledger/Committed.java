package io.millrace.bench.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The current ids that each topic has committed; a tombstone removes its key's id. */
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
