package io.millrace.kafka.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks that topics that one task reads together have the same number of partitions, and one if
 * there must be one task only.
 */
public final class SharedTasks {
  /** The topics of roles records and engagement; a test compares them with the topology. */
  private static final List<List<String>> GROUPS =
      List.of(
          List.of("record-events", "records-merged", "record-histories", "erase-records"),
          List.of(
              "engagement-events",
              "identifier-sightings",
              "identity-assignments",
              "person-messages",
              "erase-people",
              "erasure-requests"),
          List.of(
              "people",
              "lead-scores",
              "signals-detected",
              "identifier-sightings",
              "identity-assignments",
              "account-messages"));

  /** The topics of role identity, whose one task must see every link. */
  private static final List<String> SINGLE = List.of("identity-links", "identity-decisions");

  private SharedTasks() {}

  /**
   * The faults in the given numbers of partitions.
   *
   * @param partitions by topic; missing topics are not compared
   * @return a sentence for each group of topics that differ, and each topic with too many
   */
  public static List<String> faults(Map<String, Integer> partitions) {
    List<String> faults = new ArrayList<>();
    GROUPS.forEach(group -> fault(group, partitions).ifPresent(faults::add));
    for (String name : SINGLE) {
      int number = partitions.getOrDefault(name, 1);
      if (number != 1) {
        faults.add(
            "the topic %s (%d) must have one partition: one task decides about all of it"
                .formatted(name, number));
      }
    }
    return faults;
  }

  /** The topics that must have one partition. */
  public static List<String> single() {
    return SINGLE;
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
