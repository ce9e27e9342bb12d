package io.millrace.completeness;

import io.millrace.completeness.RoleFlow.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Transfers the mark of a role's input to its outputs: once the role has read everything that was
 * on the input when its mark was known, and the results are committed. Then it starts again.
 */
final class RoleProgress {
  private final RoleFlow role;
  private Optional<TopicMark> carried = Optional.empty();
  private List<Reading> toRead = List.of();
  private int rounds;
  private Map<String, TopicMark> reached = Map.of();
  private List<EndOffsets> toCommit = List.of();

  /** Up to where a role must have read a topic. */
  private record Reading(String role, EndOffsets ends) {}

  RoleProgress(RoleFlow role) {
    this.role = role;
  }

  RoleFlow role() {
    return role;
  }

  /**
   * Advances as far as possible.
   *
   * @param input the mark of the role's input
   * @return new marks by topic, once they are proved; usually none
   */
  Map<String, TopicMark> advance(TopicMark input, FlowProgress flow) {
    if (carried.isEmpty()) {
      begin(input, flow);
    }
    if (reached.isEmpty() && hasReadAll(flow)) {
      reach(flow);
    }
    if (reached.isEmpty() || !toCommit.stream().allMatch(flow::isCommitted)) {
      return Map.of();
    }
    Map<String, TopicMark> proved = reached;
    carried = Optional.empty();
    reached = Map.of();
    return proved;
  }

  /** What the role still has to read before its mark advances, for messages; empty if nothing. */
  Optional<String> obstacle(FlowProgress flow) {
    Map<String, Long> left = new TreeMap<>();
    toRead.forEach(
        reading ->
            left.merge(reading.role(), flow.left(reading.role(), reading.ends()), Long::sum));
    return left.entrySet().stream()
        .filter(role -> role.getValue() > 0)
        .max(Map.Entry.comparingByValue())
        .map(role -> "role %s has %d records to read".formatted(role.getKey(), role.getValue()));
  }

  private void begin(TopicMark input, FlowProgress flow) {
    carried = Optional.of(input);
    rounds = 0;
    toRead = readings(role.inputs(), flow);
    toRead.addAll(readings(role.loops(), flow));
  }

  /** The topics that a role writes and reads itself must be read too. */
  private boolean hasReadAll(FlowProgress flow) {
    while (toRead.stream().allMatch(reading -> flow.left(reading.role(), reading.ends()) == 0)) {
      List<Reading> more = readings(role.loops(), flow);
      if (toRead.containsAll(more) || rounds++ > role.mostRounds()) {
        return true;
      }
      toRead = more;
    }
    return false;
  }

  private void reach(FlowProgress flow) {
    Map<Held, Optional<Instant>> oldest = new HashMap<>();
    Map<String, TopicMark> marks = new HashMap<>();
    role.outputs()
        .forEach(
            (topic, holding) -> {
              TopicMark mark = carried.orElseThrow();
              for (Held held : holding) {
                Optional<Instant> since = oldest.computeIfAbsent(held, flow::oldest);
                TopicMark behind = mark;
                mark =
                    since
                        .map(at -> TopicMark.earlier(behind, new TopicMark(at, held.inWords())))
                        .orElse(behind);
              }
              marks.put(topic, mark);
            });
    reached = Map.copyOf(marks);
    toCommit = ends(role.outputs().keySet(), flow);
  }

  private static List<Reading> readings(List<RoleFlow.Read> topics, FlowProgress flow) {
    List<Reading> readings = new ArrayList<>();
    topics.forEach(read -> readings.add(new Reading(read.role(), flow.ends(read.topic()))));
    return readings;
  }

  private static List<EndOffsets> ends(Iterable<String> topics, FlowProgress flow) {
    List<EndOffsets> ends = new ArrayList<>();
    topics.forEach(topic -> ends.add(flow.ends(topic)));
    return ends;
  }
}
