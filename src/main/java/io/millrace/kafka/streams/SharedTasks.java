package io.millrace.kafka.streams;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that topics that one task reads together have the same number of partitions. */
public final class SharedTasks {
  /** The topics of roles records and engagement; a test compares them with the topology. */
  private static final List<List<String>> GROUPS =
      List.of(
          List.of("record-events", "records-merged", "record-histories", "erase-records"),
          List.of(
              "engagement-events",
              "identifier-sightings",
              "identity-assignments",
              "person-messages"));

  private SharedTasks() {}

  /**
   * The faults in the given numbers of partitions.
   *
   * @param partitions by topic; missing topics are not compared
   * @return a sentence for each group of topics that differ
   */
  public static List<String> faults(Map<String, Integer> partitions) {
    return GROUPS.stream().flatMap(group -> fault(group, partitions).stream()).toList();
  }

  public static List<List<String>> groups() {
    return GROUPS;
  }

  private static Optional<String> fault(List<String> group, Map<String, Integer> partitions) {
    List<String> known = group.stream().filter(name -> partitions.containsKey(name)).toList();
    Set<Integer> numbers = new TreeSet<>();
    known.forEach(name -> numbers.add(partitions.getOrDefault(name, 0)));
    if (numbers.size() <= 1) {
      return Optional.empty();
    }
    return Optional.of(
        "the topics %s are read by one task and must have the same number of partitions"
            .formatted(
                known.stream()
                    .map(name -> "%s (%d)".formatted(name, partitions.getOrDefault(name, 0)))
                    .collect(Collectors.joining(", "))));
  }
}
