package io.millrace.flow.testing;

import io.millrace.kafka.provision.TopicSetting;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.Topic;
import java.nio.file.Path;
import java.util.List;

/** Every topic of topics.yaml, in its order. */
public final class AllTopics {
  private static final TopicSettings DECLARED =
      TopicSettings.load(Path.of("topology", "topics.yaml"));

  private AllTopics() {}

  public static List<Topic<?>> declared() {
    return DECLARED.all().stream().<Topic<?>>map(AllTopics::topic).toList();
  }

  /** As declared, but no more than a test needs. */
  public static int partitions(String topic) {
    return Math.min(DECLARED.partitionsOf(topic), FlowCluster.PARTITIONS);
  }

  private static Topic<?> topic(TopicSetting setting) {
    return new Topic<>(setting.name(), setting.value());
  }
}
