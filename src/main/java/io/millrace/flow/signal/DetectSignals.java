package io.millrace.flow.signal;

import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.LogLines;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.StoreWalk;
import io.millrace.flow.step.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces declared patterns in a person's behaviour as soon as they are complete. */
public final class DetectSignals implements Processor<String, Behaviour, String, Object> {
  public static final String NAME = "detect-signals";
  public static final String MEMORY = "signal-memory";

  /** The memory of a rule that is no longer declared is removed after this long without events. */
  public static final Duration REMEMBER_UNDECLARED = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(DetectSignals.class);

  private final List<SignalRule> rules;
  private final Outlet<ScoreMessage> next;
  private final FlowMetrics metrics;
  private ProcessorContext<String, Object> context;
  private StepOutput output;
  private KeyValueStore<String, SignalMemory> memories;

  public DetectSignals(List<SignalRule> rules, Outlet<ScoreMessage> next, FlowMetrics metrics) {
    this.rules = rules;
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    memories = context.getStateStore(MEMORY);
    StoreWalk.begin(context, memories, this::freeIfOver);
  }

  @Override
  public void process(Record<String, Behaviour> record) {
    switch (record.value()) {
      case Engagement engagement -> detect(record.key(), engagement);
      case Behaviour.Changed changed ->
          next.forward(context, record.withValue(new ScoreMessage.Changed(changed.change())));
    }
  }

  private void detect(String person, Engagement engagement) {
    for (SignalRule rule : rules) {
      if (engagement.activities().contains(rule.activity())) {
        detect(rule, person, engagement);
      }
    }
    output.processed(engagement.event());
  }

  private void detect(SignalRule rule, String person, Engagement engagement) {
    SignalRows rows = new SignalRows(memories, rule, person);
    SignalHistory history = rows.history();
    if (history.memory().isEmpty() && isOver(engagement.event().getReceivedAt(), rule)) {
      // A dead letter that is replayed after a long time: the memory it belongs to may have been
      // removed.
      return;
    }
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

  private void freeIfOver(String key, SignalMemory memory) {
    Optional<RuleKey> owner = RuleKey.ofMemory(key);
    if (owner.isEmpty()) {
      return;
    }
    Optional<SignalRule> rule =
        rules.stream().filter(each -> each.name().equals(owner.get().rule())).findFirst();
    Instant heardAt = memory.getHeardAt().orElse(Instant.EPOCH);
    if (rule.isEmpty()) {
      if (isOver(heardAt, REMEMBER_UNDECLARED)) {
        new SignalRows(memories, key).replace(Optional.empty());
      }
    } else if (memory.getHeld() + memory.getStanding() > 0 && isOver(heardAt, rule.get())) {
      SignalRows rows = new SignalRows(memories, key);
      rows.replace(new SignalDetector(rule.get()).afterSilence(memory, rows.latest()));
    }
  }

  private boolean isOver(Instant heardAt, SignalRule rule) {
    return isOver(heardAt, rule.forgottenAfter());
  }

  /** Measured in stream time, so that nothing is forgotten because the flow was stopped. */
  private boolean isOver(Instant heardAt, Duration after) {
    return heardAt.plus(after).toEpochMilli() < context.currentStreamTimeMs();
  }

  private void announce(SignalChange change, Event cause) {
    Signal signal = change.announced();
    // The signal's id is not logged, because it begins with the person.
    LogLines.about(LOG.atDebug(), cause)
        .log("Signal {} is {}", signal.getSignal(), signal.getStatus());
    output.write(Topics.SIGNALS_DETECTED, signal.getPerson(), signal, cause);
    long arrival = cause.getReceivedAt().toEpochMilli();
    change
        .scoreInputs(cause.getReceivedAt())
        .forEach(input -> next.forward(context, new Record<>(signal.getPerson(), input, arrival)));
  }
}
