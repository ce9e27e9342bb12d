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
 * until the downstream roles have read the results.
 */
public final class FlowWatch implements FlowBacklog {
  private final ReadThrough groups;
  private final TopicOffsets offsets;
  private final String prefix;
  private final Map<Integer, Long> deliveries;
  private Optional<Map<Topic<?>, Map<Integer, Long>>> between = Optional.empty();

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
    return behind;
  }

  private String group(Topic<?> topic) {
    return prefix + (topic.equals(Topics.RECORD_EVENTS) ? "-records" : "-engagement");
  }
}
