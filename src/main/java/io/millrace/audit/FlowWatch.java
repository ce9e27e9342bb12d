package io.millrace.audit;

import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.ReadThrough;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the deliveries up to a point through the flow: first until they are normalized, then
 * until the downstream roles have read the results, and what the homes of identifiers have sent on
 * to people.
 */
public final class FlowWatch implements FlowBacklog {
  /** An event that is sent to its person follows it once for each assignment in between. */
  private static final int MOST_ROUNDS = 8;

  private final ReadThrough groups;
  private final TopicOffsets offsets;
  private final String prefix;
  private final Map<Integer, Long> deliveries;
  private Optional<Map<Topic<?>, Map<Integer, Long>>> between = Optional.empty();
  private Optional<Map<Integer, Long>> messages = Optional.empty();
  private int rounds;

  /**
   * @param prefix the prefix of the roles' application ids
   * @param deliveries one past the last delivery of each partition that counts
   */
  public FlowWatch(
      ReadThrough groups, TopicOffsets offsets, String prefix, Map<Integer, Long> deliveries) {
    this.groups = groups;
    this.offsets = offsets;
    this.prefix = prefix;
    this.deliveries = Map.copyOf(deliveries);
  }

  @Override
  public List<String> behind() {
    if (between.isEmpty()) {
      List<String> behind =
          groups.behind(prefix + "-normalize", Topics.DELIVERIES_RECEIVED.name(), deliveries);
      if (!behind.isEmpty()) {
        return behind;
      }
      Map<Topic<?>, Map<Integer, Long>> ends = new HashMap<>();
      ends.put(Topics.RECORD_EVENTS, offsets.ends(Topics.RECORD_EVENTS.name()));
      ends.put(Topics.ENGAGEMENT_EVENTS, offsets.ends(Topics.ENGAGEMENT_EVENTS.name()));
      between = Optional.of(ends);
    }
    List<String> behind = new ArrayList<>();
    between
        .get()
        .forEach((topic, ends) -> behind.addAll(groups.behind(group(topic), topic.name(), ends)));
    return behind.isEmpty() ? behindMessages() : behind;
  }

  /** What has been read may have been sent on meanwhile, so their ends are looked up again. */
  private List<String> behindMessages() {
    String topic = Topics.PERSON_MESSAGES.name();
    while (rounds < MOST_ROUNDS) {
      Map<Integer, Long> ends = messages.orElseGet(() -> offsets.ends(topic));
      messages = Optional.of(ends);
      List<String> behind = groups.behind(group(Topics.PERSON_MESSAGES), topic, ends);
      if (!behind.isEmpty()) {
        return behind;
      }
      Map<Integer, Long> more = offsets.ends(topic);
      rounds = more.equals(ends) ? MOST_ROUNDS : rounds + 1;
      messages = Optional.of(more);
    }
    return List.of();
  }

  private String group(Topic<?> topic) {
    return prefix + (topic.equals(Topics.RECORD_EVENTS) ? "-records" : "-engagement");
  }
}
