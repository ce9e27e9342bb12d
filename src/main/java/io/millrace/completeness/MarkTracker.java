package io.millrace.completeness;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the flow from the edges to its last topics and says what is complete up to when. */
public final class MarkTracker {
  /** So many looks without a new mark are worth a word about what holds it back. */
  static final int LOOKS_UNTIL_STUCK = 10;

  private static final String EDGES = "edges";

  private final String first;
  private final FlowProgress flow;
  private final Sink sink;
  private final List<RolePassage> passages;
  private final TopicMarks marks;
  private final Map<String, Integer> looksWithoutMark = new HashMap<>();
  private final Map<String, TopicMark> told = new HashMap<>();

  /**
   * Nothing is looked at before {@link #look()}.
   *
   * @param first the topic the edges write to
   * @param told marks as they were last told, which new ones never fall behind
   */
  public MarkTracker(
      String first,
      List<RoleFlow> roles,
      FlowProgress flow,
      Sink sink,
      Map<String, TopicMark> told) {
    this.first = first;
    this.flow = flow;
    this.sink = sink;
    this.passages = roles.stream().map(RolePassage::new).toList();
    this.marks = new TopicMarks(roles);
    this.told.putAll(told);
  }

  /** Tells the world. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the new mark of a topic. */
    void tell(String topic, TopicMark mark);
  }

  /** Looks once; to be called again and again, by one thread. */
  public void look() {
    flow.edges().entrySet().stream()
        .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry::getKey))
        .ifPresent(
            edge ->
                marks.put(first, EDGES, new TopicMark(edge.getValue(), "edge " + edge.getKey())));
    passages.forEach(this::advance);
    marks.topics().forEach(this::tell);
  }

  private void advance(RolePassage passage) {
    RoleFlow role = passage.role();
    Optional<TopicMark> input = input(role);
    if (input.isEmpty()) {
      return;
    }
    Map<String, TopicMark> proved = passage.advance(input.get(), flow);
    proved.forEach((topic, mark) -> marks.put(topic, role.name(), mark));
    int looks = looksWithoutMark.merge(role.name(), 1, Integer::sum);
    if (!proved.isEmpty()) {
      looksWithoutMark.put(role.name(), 0);
    } else if (looks >= LOOKS_UNTIL_STUCK) {
      passage.obstacle(flow).ifPresent(obstacle -> heldBack(role, obstacle));
    }
  }

  private Optional<TopicMark> input(RoleFlow role) {
    List<Optional<TopicMark>> inputs = role.inputs().stream().map(marks::of).toList();
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

  private void tell(String topic) {
    marks
        .of(topic)
        .filter(mark -> isNews(mark, Optional.ofNullable(told.get(topic))))
        .ifPresent(
            mark -> {
              told.put(topic, mark);
              sink.tell(topic, mark);
            });
  }

  private static boolean isNews(TopicMark mark, Optional<TopicMark> before) {
    return before.isEmpty()
        || mark.until().isAfter(before.get().until())
        || (mark.until().equals(before.get().until()) && !mark.equals(before.get()));
  }
}
