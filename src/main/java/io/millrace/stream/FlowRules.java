package io.millrace.stream;

import io.millrace.kafka.TopicSettings;
import io.millrace.rule.ContextRules;
import io.millrace.rule.EngagementRules;
import io.millrace.rule.Lifecycles;
import io.millrace.rule.OrderingRules;
import io.millrace.rule.UsageRules;
import io.millrace.source.FieldRules;
import io.millrace.yaml.InvalidFileException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** All that is declared under {@code topology/rules}, and the topics of records. */
public record FlowRules(
    OrderingRules ordering,
    EngagementRules engagement,
    UsageRules usage,
    ContextRules context,
    Lifecycles lifecycles,
    FieldRules fields,
    RecordTopics records) {

  /**
   * Reads topics.yaml and every file of the folder of rules.
   *
   * @throws InvalidFileException when a file is not valid
   * @throws UncheckedIOException when a file cannot be read
   */
  public static FlowRules load(Path topics, Path directory) {
    OrderingRules ordering = OrderingRules.load(directory);
    EngagementRules engagement = EngagementRules.load(directory);
    return new FlowRules(
        ordering,
        engagement,
        UsageRules.load(directory, engagement.activities()),
        ContextRules.load(directory),
        Lifecycles.load(directory),
        FieldRules.load(directory),
        RecordTopics.of(TopicSettings.load(topics)));
  }
}
