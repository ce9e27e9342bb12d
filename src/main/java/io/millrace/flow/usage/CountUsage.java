package io.millrace.flow.usage;

import io.millrace.event.UsageMemory;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.signal.DetectSignals;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.StoreWalk;
import io.millrace.flow.step.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reports the occurrence number of activities, and which steps of a list are done. */
public final class CountUsage implements Processor<String, Behaviour, String, SpecificRecord> {
  public static final String NAME = "count-usage";
  public static final String MEMORY = "usage-memory";

  private final UsageRules rules;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;
  private KeyValueStore<String, UsageMemory> memories;

  public CountUsage(UsageRules rules, FlowMetrics metrics) {
    this.rules = rules;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    memories = context.getStateStore(MEMORY);
    StoreWalk.begin(context, memories, this::freeIfOver);
  }

  @Override
  public void process(Record<String, Behaviour> record) {
    switch (record.value()) {
      case Engagement engagement -> count(record.key(), engagement);
      case Behaviour.Changed changed -> {}
    }
  }

  private void count(String person, Engagement engagement) {
    for (UsageRule rule : rules.all()) {
      if (rule.counts(engagement.activities())) {
        count(rule, person, engagement);
      }
    }
    output.processed(engagement.event());
  }

  private void count(UsageRule rule, String person, Engagement engagement) {
    UsageRows rows = new UsageRows(memories, rule, person);
    if (rows.memory().isEmpty() && isOver(engagement.event().getReceivedAt(), rule)) {
      // A dead letter that is replayed after a long time: the memory it belongs to may have been
      // removed.
      return;
    }
    output
        .attempt(engagement.event(), () -> rows.add(rule, person, engagement))
        .flatMap(outcome -> outcome)
        .ifPresent(
            outcome -> {
              rows.keep(outcome);
              announce(outcome, engagement);
            });
  }

  private void freeIfOver(String key, UsageMemory memory) {
    Optional<RuleKey> owner = RuleKey.ofMemory(key);
    if (owner.isEmpty()) {
      return;
    }
    Optional<UsageRule> rule =
        rules.all().stream().filter(each -> each.name().equals(owner.get().rule())).findFirst();
    Instant heardAt = memory.getHeardAt().orElse(Instant.EPOCH);
    boolean isOver =
        rule.map(declared -> isOver(heardAt, declared))
            .orElseGet(() -> isOver(heardAt, DetectSignals.REMEMBER_UNDECLARED));
    if (isOver) {
      new UsageRows(memories, key).remove();
    }
  }

  /** The steps that a person has done are kept permanently. */
  private boolean isOver(Instant heardAt, UsageRule rule) {
    return switch (rule) {
      case UsageRule.Times times -> isOver(heardAt, times.forgottenAfter());
      case UsageRule.Steps steps -> false;
    };
  }

  /** Measured in stream time, so that nothing is forgotten because the flow was stopped. */
  private boolean isOver(Instant heardAt, Duration after) {
    return heardAt.plus(after).toEpochMilli() < context.currentStreamTimeMs();
  }

  private void announce(UsageOutcome outcome, Engagement engagement) {
    outcome
        .announced()
        .forEach(
            count ->
                output.write(Topics.USAGE_COUNTED, count.getPerson(), count, engagement.event()));
  }
}
