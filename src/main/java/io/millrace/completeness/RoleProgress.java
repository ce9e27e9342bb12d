package io.millrace.completeness;

import io.millrace.completeness.RoleFlow.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transfers the mark of a role's input to its outputs: once the role has read everything that was
 * on the input when its mark was known, and the results are committed. Then it starts again.
 */
final class RoleProgress {
  /** A record that is merged into a merged record takes another round; no chain is this long. */
  private static final int MOST_ROUNDS = 20;

  private final RoleFlow role;
  private Optional<TopicMark> carried = Optional.empty();
  private List<EndOffsets> toRead = List.of();
  private int rounds;
  private Map<String, TopicMark> reached = Map.of();
  private List<EndOffsets> toCommit = List.of();

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

  /** The topics that a role writes and reads itself must be read too. */
  private boolean hasReadAll(FlowProgress flow) {
    while (toRead.stream().allMatch(ends -> flow.left(role.name(), ends) == 0)) {
      List<EndOffsets> more = ends(role.loops(), flow);
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

  private static List<EndOffsets> ends(Iterable<String> topics, FlowProgress flow) {
    List<EndOffsets> ends = new ArrayList<>();
    topics.forEach(topic -> ends.add(flow.ends(topic)));
    return ends;
  }
}
