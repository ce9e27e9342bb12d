package io.millrace.completeness;

import io.millrace.completeness.RoleFlow.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries the mark of a role's input over to its outputs: once the role has read what was there
 * when the input's mark was known, and its results are committed. Then it begins anew.
 */
final class RolePassage {
  /** A record merged into one that is merged itself goes round again; no chain is this long. */
  private static final int MOST_ROUNDS = 20;

  private final RoleFlow role;
  private Optional<TopicMark> carried = Optional.empty();
  private List<Ends> toRead = List.of();
  private int rounds;
  private Map<String, TopicMark> reached = Map.of();
  private List<Ends> toCommit = List.of();

  RolePassage(RoleFlow role) {
    this.role = role;
  }

  RoleFlow role() {
    return role;
  }

  /**
   * Goes on as far as it can.
   *
   * @param input the mark of the role's input
   * @return new marks by topic, once they are proved; mostly none
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

  /** What the role has still to read before its mark moves, in words; empty if it is nothing. */
  Optional<String> obstacle(FlowProgress flow) {
    long left = toRead.stream().mapToLong(ends -> flow.left(role.name(), ends)).sum();
    return left == 0
        ? Optional.empty()
        : Optional.of("role %s has %d records to read".formatted(role.name(), left));
  }

  private void begin(TopicMark input, FlowProgress flow) {
    carried = Optional.of(input);
    rounds = 0;
    toRead = ends(role.inputs(), flow);
    toRead.addAll(ends(role.loops(), flow));
  }

  /** What a role writes for itself must have come to an end, too. */
  private boolean hasReadAll(FlowProgress flow) {
    while (toRead.stream().allMatch(ends -> flow.left(role.name(), ends) == 0)) {
      List<Ends> more = ends(role.loops(), flow);
      if (toRead.containsAll(more) || rounds++ > MOST_ROUNDS) {
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

  private static List<Ends> ends(Iterable<String> topics, FlowProgress flow) {
    List<Ends> ends = new ArrayList<>();
    topics.forEach(topic -> ends.add(flow.ends(topic)));
    return ends;
  }
}
