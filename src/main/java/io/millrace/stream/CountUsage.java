package io.millrace.stream;

import io.millrace.event.UsageMemory;
import io.millrace.rule.Engagement;
import io.millrace.rule.UsageOutcome;
import io.millrace.rule.UsageRule;
import io.millrace.rule.UsageRules;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Tells of what people do the how-manieth time it is, and which steps are done. */
final class CountUsage implements Processor<String, Engagement, String, SpecificRecord> {
  static final String NAME = "count-usage";
  static final String MEMORY = "usage-memory";
  static final String MARKS = "usage-marks";

  private final UsageRules rules;
  private final FlowMetrics metrics;
  private StepOutput output;
  private KeyValueStore<String, UsageMemory> memories;
  private KeyValueStore<String, Long> marks;

  CountUsage(UsageRules rules, FlowMetrics metrics) {
    this.rules = rules;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    output = new StepOutput(NAME, context, metrics);
    memories = context.getStateStore(MEMORY);
    marks = context.getStateStore(MARKS);
  }

  @Override
  public void process(Record<String, Engagement> record) {
    Engagement engagement = record.value();
    for (UsageRule rule : rules.all()) {
      if (rule.counts(engagement.activities())) {
        count(new UsageRows(memories, marks, rule, record.key()), engagement);
      }
    }
    output.processed(engagement.event());
  }

  private void count(UsageRows rows, Engagement engagement) {
    output
        .attempt(engagement.event(), () -> rows.add(engagement))
        .flatMap(outcome -> outcome)
        .ifPresent(
            outcome -> {
              rows.keep(outcome);
              announce(outcome, engagement);
            });
  }

  private void announce(UsageOutcome outcome, Engagement engagement) {
    outcome
        .announced()
        .forEach(
            said -> output.write(Topics.USAGE_COUNTED, said.getPerson(), said, engagement.event()));
  }
}
