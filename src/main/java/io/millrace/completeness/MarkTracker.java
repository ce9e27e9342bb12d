package io.millrace.completeness;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the flow from the edges to its last topics and determines up to when each topic is
 * complete.
 */
public final class MarkTracker {
  /** After this many looks without a new mark, the mark reports what holds it back. */
  static final int LOOKS_UNTIL_STUCK = 10;

  private static final String EDGES = "edges";

  private final String first;
  private final FlowProgress flow;
  private final Sink sink;
  private final List<RoleProgress> progressOfRoles;
  private final TopicMarks marks;
  private final Map<String, Integer> looksWithoutMark = new HashMap<>();
  private final Map<String, TopicMark> published = new HashMap<>();

  /**
   * Reads nothing before {@link #look()}.
   *
   * @param first the topic the edges write to
   * @param published the last published marks; new ones are never earlier
   */
  public MarkTracker(
      String first,
      List<RoleFlow> roles,
      FlowProgress flow,
      Sink sink,
      Map<String, TopicMark> published) {
    this.first = first;
    this.flow = flow;
    this.sink = sink;
    this.progressOfRoles = roles.stream().map(RoleProgress::new).toList();
    this.marks = new TopicMarks(roles);
    this.published.putAll(published);
  }

  /** Publishes marks. */
  @FunctionalInterface
  public interface Sink {
    /** Publishes the new mark of a topic. */
    void publish(String topic, TopicMark mark);
  }

  /** Looks once; must be called repeatedly, by a single thread. */
  public void look() {
    flow.edges().entrySet().stream()
        .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry::getKey))
        .ifPresent(
            edge ->
                marks.put(first, EDGES, new TopicMark(edge.getValue(), "edge " + edge.getKey())));
    progressOfRoles.forEach(this::advance);
    marks.topics().forEach(this::publish);
  }

  private void advance(RoleProgress progress) {
    RoleFlow role = progress.role();
    Optional<TopicMark> input = input(role);
    if (input.isEmpty()) {
      return;
    }
    Map<String, TopicMark> proved = progress.advance(input.get(), flow);
    proved.forEach((topic, mark) -> marks.put(topic, role.name(), mark));
    int looks = looksWithoutMark.merge(role.name(), 1, Integer::sum);
    if (!proved.isEmpty()) {
      looksWithoutMark.put(role.name(), 0);
    } else if (looks >= LOOKS_UNTIL_STUCK) {
      progress.obstacle(flow).ifPresent(obstacle -> heldBack(role, obstacle));
    }
  }

  private Optional<TopicMark> input(RoleFlow role) {
    List<Optional<TopicMark>> inputs =
        role.inputs().stream().map(read -> marks.of(read.topic())).toList();
    return inputs.stream().allMatch(Optional::isPresent)
        ? inputs.stream().flatMap(Optional::stream).min(Comparator.comparing(TopicMark::until))
        : Optional.empty();
  }

  private void heldBack(RoleFlow role, String obstacle) {
    for (String topic : role.outputs().keySet()) {
      marks
          .of(topic)
          .ifPresent(mark -> marks.put(topic, role.name(), new TopicMark(mark.until(), obstacle)));
    }
  }

  private void publish(String topic) {
    marks
        .of(topic)
        .filter(mark -> isNews(mark, Optional.ofNullable(published.get(topic))))
        .ifPresent(
            mark -> {
              published.put(topic, mark);
              sink.publish(topic, mark);
            });
  }

  private static boolean isNews(TopicMark mark, Optional<TopicMark> before) {
    return before.isEmpty()
        || mark.until().isAfter(before.get().until())
        || (mark.until().equals(before.get().until()) && !mark.equals(before.get()));
  }
}
