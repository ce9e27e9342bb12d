package io.millrace.stream;

import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.rule.Behaviour;
import io.millrace.rule.Engagement;
import io.millrace.rule.SignalChange;
import io.millrace.rule.SignalDetector;
import io.millrace.rule.SignalHistory;
import io.millrace.rule.SignalRule;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces declared patterns in a person's behaviour as soon as they are complete. */
final class DetectSignals implements Processor<String, Engagement, String, Object> {
  static final String NAME = "detect-signals";
  static final String MEMORY = "signal-memory";
  static final String MARKS = "signal-marks";
  static final String STANDING = "standing-signals";

  private static final Logger LOG = LoggerFactory.getLogger(DetectSignals.class);

  private final List<SignalRule> rules;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private KeyValueStore<String, SignalMemory> memories;
  private KeyValueStore<String, Long> marks;
  private KeyValueStore<String, Signal> standing;

  DetectSignals(List<SignalRule> rules, FlowMetrics metrics) {
    this.rules = rules;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    memories = context.getStateStore(MEMORY);
    marks = context.getStateStore(MARKS);
    standing = context.getStateStore(STANDING);
  }

  @Override
  public void process(Record<String, Engagement> record) {
    Engagement engagement = record.value();
    for (SignalRule rule : rules) {
      if (engagement.activities().contains(rule.activity())) {
        detect(rule, record.key(), engagement);
      }
    }
    output.processed(engagement.event());
  }

  private void detect(SignalRule rule, String person, Engagement engagement) {
    SignalRows rows = new SignalRows(memories, marks, standing, rule, person);
    SignalHistory history = rows.history();
    output
        .attempt(
            engagement.event(), () -> new SignalDetector(rule).add(history, person, engagement))
        .flatMap(outcome -> outcome)
        .ifPresent(
            outcome -> {
              rows.keep(outcome);
              outcome.changes().forEach(change -> announce(change, engagement.event()));
            });
  }

  private void announce(SignalChange change, Event cause) {
    Signal signal = change.announced();
    // Without the signal's id, which begins with the person.
    LogLines.about(LOG.atInfo(), cause)
        .log("Signal {} is {}", signal.getSignal(), signal.getStatus());
    output.write(Topics.SIGNALS_DETECTED, signal.getPerson(), signal, cause);
    long arrival = cause.getReceivedAt().toEpochMilli();
    Behaviour.of(change, cause.getReceivedAt())
        .forEach(
            behaviour ->
                context.forward(
                    new Record<>(signal.getPerson(), behaviour, arrival), ScoreLeads.NAME));
  }
}
