package io.millrace.flow;

import io.millrace.flow.account.AccountRules;
import io.millrace.flow.engagement.ContextRules;
import io.millrace.flow.order.OrderingRules;
import io.millrace.flow.stage.Lifecycles;
import io.millrace.flow.usage.UsageRules;
import io.millrace.identity.IdentityRules;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.normalize.field.FieldRules;
import io.millrace.yaml.InvalidFileException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Everything that is declared in {@code topology/rules}, and the record topics. */
public record FlowRules(
    OrderingRules ordering,
    EngagementRules engagement,
    UsageRules usage,
    ContextRules context,
    Lifecycles lifecycles,
    FieldRules fields,
    IdentityRules identity,
    AccountRules accounts,
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
        IdentityRules.load(directory),
        AccountRules.load(directory, engagement.signalNames()),
        RecordTopics.of(TopicSettings.load(topics)));
  }
}
