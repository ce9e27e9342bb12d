package io.millrace.flow.usage;

import io.millrace.event.ActivityMark;
import io.millrace.event.PersonHistory;
import io.millrace.event.UsageMemory;
import io.millrace.event.UsagePart;
import io.millrace.flow.engagement.Behaviour;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.person.Departed;
import io.millrace.flow.person.PersonInput;
import io.millrace.flow.signal.DetectSignals;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.StoreWalk;
import io.millrace.flow.step.Topics;
import io.millrace.flow.timeline.MarkPages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Reports the occurrence number of activities, and which steps of a list are done, and corrects
 * that when an identifier joins or leaves the person.
 */
public final class CountUsage implements Processor<String, Behaviour, String, SpecificRecord> {
  public static final String NAME = "count-usage";
  public static final String MEMORY = "usage-memory";

  private final UsageRules rules;
  private final FlowMetrics metrics;
  private ProcessorContext<String, SpecificRecord> context;
  private StepOutput output;
  private KeyValueStore<String, UsageMemory> memories;
  private Set<String> undeclared = Set.of();

  public CountUsage(UsageRules rules, FlowMetrics metrics) {
    this.rules = rules;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.context = context;
    output = new StepOutput(NAME, context, metrics);
    memories = context.getStateStore(MEMORY);
    undeclared = RuleKey.rulesIn(memories);
    rules.all().forEach(rule -> undeclared.remove(rule.name()));
    StoreWalk.begin(context, memories, this::freeIfOver);
  }

  @Override
  public void process(Record<String, Behaviour> record) {
    switch (record.value()) {
      case Engagement engagement -> count(record.key(), engagement);
      case Behaviour.Changed changed -> change(record.key(), changed.change(), record.timestamp());
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
              announce(outcome, Cause.of(engagement.event()));
            });
  }

  private void change(String person, PersonInput.Change change, long arrival) {
    for (String rule : undeclared) {
      // Which of its events are still the person's is not looked into.
      new UsageRows(memories, RuleKey.of(rule, person)).remove();
    }
    Cause cause = Departed.cause(change, arrival);
    switch (change) {
      case PersonInput.Departure departure ->
          rules
              .all()
              .forEach(
                  rule ->
                      withdraw(rule, person, departure, cause)
                          .ifPresent(part -> send(part, departure, cause)));
      case PersonInput.Erased erased ->
          rules.all().forEach(rule -> erase(rule, person, erased, cause));
      case PersonInput.Joining joining -> {
        for (UsagePart part : joining.history().getUsages()) {
          rules.all().stream()
              .filter(rule -> rule.name().equals(part.getRule()))
              .forEach(rule -> join(rule, person, joining.identifier(), part, cause));
        }
      }
    }
  }

  /** Takes out what an identifier did; empty if nothing of it is remembered. */
  private Optional<UsagePart> withdraw(
      UsageRule rule, String person, PersonInput.Change change, Cause cause) {
    UsageRows rows = new UsageRows(memories, rule, person);
    Optional<UsageParting> parting =
        output
            .attempt(cause, () -> rows.depart(rule, person, change.identifier()))
            .flatMap(left -> left);
    parting.ifPresent(
        left -> {
          rows.keep(left.outcome());
          announce(left.outcome(), cause);
        });
    return parting.map(UsageParting::part);
  }

  private void erase(UsageRule rule, String person, PersonInput.Erased erased, Cause cause) {
    withdraw(rule, person, erased, cause);
    if (person.equals(erased.identifier())) {
      new UsageRows(memories, rule, person).removeIfEmpty();
    }
  }

  private void send(UsagePart part, PersonInput.Departure departure, Cause cause) {
    for (UsagePart page : pages(part)) {
      PersonHistory history = PersonHistory.newBuilder().setUsages(List.of(page)).build();
      Departed.send(output, departure, history, cause);
    }
  }

  private static List<UsagePart> pages(UsagePart part) {
    return part.getSteps().isEmpty()
        ? MarkPages.of(part.getMarks()).stream()
            .map(page -> UsagePart.newBuilder(part).setMarks(page).build())
            .toList()
        : MarkPages.of(List.copyOf(part.getSteps().entrySet()), Map.Entry::getValue).stream()
            .map(page -> UsagePart.newBuilder(part).setSteps(steps(page)).build())
            .toList();
  }

  private static Map<String, ActivityMark> steps(List<Map.Entry<String, ActivityMark>> page) {
    return page.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void join(UsageRule rule, String person, String identifier, UsagePart part, Cause cause) {
    UsageRows rows = new UsageRows(memories, rule, person);
    output
        .attempt(cause, () -> rows.join(rule, person, identifier, part))
        .flatMap(outcome -> outcome)
        .ifPresent(
            outcome -> {
              rows.keep(outcome);
              announce(outcome, cause);
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

  private void announce(UsageOutcome outcome, Cause cause) {
    outcome
        .announced()
        .forEach(count -> output.write(Topics.USAGE_COUNTED, count.getPerson(), count, cause));
  }
}
