package io.millrace.flow.signal;

import io.millrace.event.ActivityMark;
import io.millrace.event.PersonHistory;
import io.millrace.event.Signal;
import io.millrace.event.SignalMemory;
import io.millrace.event.SignalPart;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.person.Departed;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.score.ScoreMessage;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.LogLines;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.StoreWalk;
import io.millrace.flow.step.Topics;
import io.millrace.flow.timeline.MarkPages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces declared patterns in a person's behaviour as soon as they are complete, and corrects
 * them when an identifier joins or leaves the person.
 */
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
  private Set<String> undeclared = Set.of();

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
    undeclared = RuleKey.rulesIn(memories);
    rules.forEach(rule -> undeclared.remove(rule.name()));
    StoreWalk.begin(context, memories, this::freeIfOver);
  }

  @Override
  public void process(Record<String, Behaviour> record) {
    switch (record.value()) {
      case Engagement engagement -> detect(record.key(), engagement);
      case Behaviour.Changed changed -> {
        change(record.key(), changed.change(), record.timestamp());
        next.forward(context, record.withValue(new ScoreMessage.Changed(changed.change())));
      }
    }
  }

  private void change(String person, PersonInput.Change change, long arrival) {
    for (String rule : undeclared) {
      SignalRows rows = new SignalRows(memories, RuleKey.of(rule, person));
      rows.history()
          .memory()
          .map(memory -> SignalDetector.afterUndeclaredChange(memory, rows.latest()))
          .ifPresent(rows::replace);
    }
    Cause cause = Departed.cause(change, arrival);
    switch (change) {
      case PersonInput.Departure departure ->
          rules.forEach(
              rule ->
                  withdraw(rule, person, departure, cause)
                      .ifPresent(part -> send(part, departure, cause)));
      case PersonInput.Erased erased -> rules.forEach(rule -> erase(rule, person, erased, cause));
      case PersonInput.Joining joining -> {
        for (SignalPart part : joining.history().getSignals()) {
          rules.stream()
              .filter(rule -> rule.name().equals(part.getRule()))
              .forEach(rule -> join(rule, person, joining.identifier(), part, cause));
        }
      }
    }
  }

  /** Takes out what an identifier did; empty if nothing of it is remembered. */
  private Optional<SignalPart> withdraw(
      SignalRule rule, String person, PersonInput.Change change, Cause cause) {
    SignalRows rows = new SignalRows(memories, rule, person);
    Optional<SignalMembers.Parting> parting =
        output
            .attempt(
                cause,
                () -> new SignalMembers(rule).depart(rows.history(), person, change.identifier()))
            .flatMap(left -> left);
    parting.ifPresent(left -> keep(rows, left.outcome(), cause));
    return parting.map(SignalMembers.Parting::part);
  }

  private void erase(SignalRule rule, String person, PersonInput.Erased erased, Cause cause) {
    withdraw(rule, person, erased, cause);
    if (person.equals(erased.identifier())) {
      new SignalRows(memories, rule, person).removeIfEmpty();
    }
  }

  private void send(SignalPart part, PersonInput.Departure departure, Cause cause) {
    for (List<ActivityMark> page : MarkPages.of(part.getMarks())) {
      SignalPart sent = SignalPart.newBuilder(part).setMarks(page).build();
      PersonHistory history = PersonHistory.newBuilder().setSignals(List.of(sent)).build();
      Departed.send(output, departure, history, cause);
    }
  }

  private void join(
      SignalRule rule, String person, String identifier, SignalPart part, Cause cause) {
    SignalRows rows = new SignalRows(memories, rule, person);
    output
        .attempt(
            cause, () -> new SignalMembers(rule).join(rows.history(), person, identifier, part))
        .flatMap(outcome -> outcome)
        .ifPresent(outcome -> keep(rows, outcome, cause));
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
              keep(rows, outcome, Cause.of(engagement.event()));
              // A signal's id is not logged, because it begins with the person.
              outcome
                  .changes()
                  .forEach(
                      change ->
                          LogLines.about(LOG.atDebug(), engagement.event())
                              .log(
                                  "Signal {} is {}",
                                  change.announced().getSignal(),
                                  change.announced().getStatus()));
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
    } else if (!isRest(memory) && isOver(heardAt, rule.get())) {
      SignalRows rows = new SignalRows(memories, key);
      rows.replace(new SignalDetector(rule.get()).afterSilence(memory, rows.latest()));
    }
  }

  private static boolean isRest(SignalMemory memory) {
    return memory.getHeld() + memory.getStanding() == 0 && memory.getSettledBy().isPresent();
  }

  private boolean isOver(Instant heardAt, SignalRule rule) {
    return isOver(heardAt, rule.forgottenAfter());
  }

  /** Measured in stream time, so that nothing is forgotten because the flow was stopped. */
  private boolean isOver(Instant heardAt, Duration after) {
    return heardAt.plus(after).toEpochMilli() < context.currentStreamTimeMs();
  }

  private void keep(SignalRows rows, SignalOutcome outcome, Cause cause) {
    rows.keep(outcome);
    outcome.changes().forEach(change -> announce(change, cause));
  }

  private void announce(SignalChange change, Cause cause) {
    Signal signal = change.announced();
    output.write(Topics.SIGNALS_DETECTED, signal.getPerson(), signal, cause);
    change
        .scoreInputs(Instant.ofEpochMilli(cause.arrival()))
        .forEach(
            input ->
                next.forward(context, new Record<>(signal.getPerson(), input, cause.arrival())));
  }
}
