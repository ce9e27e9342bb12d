package io.millrace.flow.usage;

import io.millrace.event.ActivityMark;
import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.event.UsagePart;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.signal.SignalDetector;
import io.millrace.flow.signal.Silence;
import io.millrace.flow.timeline.Mark;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reports which steps a person has done, by the first event of each. The final result is a function
 * of the set of events alone, however late they arrive: of each step only the first event counts.
 * The first events of a person's other identifiers are remembered too, so that an identifier that
 * leaves takes its own steps with it and no more.
 */
public final class StepProgress {
  private final UsageRule.Steps rule;

  private record Done(String step, Mark first) {}

  public StepProgress(UsageRule.Steps rule) {
    this.rule = rule;
  }

  /** Adds an event; empty when its steps were already done. */
  public Optional<UsageOutcome> add(UsageHistory history, String person, Engagement engagement) {
    if (!UsageCounter.counts(rule, engagement)) {
      return Optional.empty();
    }
    Mark mark = Mark.of(engagement, person);
    StepFirsts firsts = new StepFirsts(history);
    engagement.activities().stream()
        .filter(rule.steps()::contains)
        .forEach(step -> firsts.add(step, mark));
    Optional<Instant> heardAt = history.memory().flatMap(UsageMemory::getHeardAt);
    return outcome(history, person, firsts, Optional.of(Silence.heard(heardAt, engagement)));
  }

  /** Takes the events of an identifier out; empty if it did no step. */
  public Optional<UsageParting> depart(UsageHistory history, String person, String identifier) {
    StepFirsts firsts = new StepFirsts(history);
    Map<String, ActivityMark> theirs = new TreeMap<>();
    firsts
        .take(Mark.relative(identifier, person))
        .forEach((step, mark) -> theirs.put(step, Mark.of(mark).by("").toActivityMark()));
    Optional<Instant> heardAt = history.memory().flatMap(UsageMemory::getHeardAt);
    UsagePart part =
        UsagePart.newBuilder()
            .setRule(rule.name())
            .setMarks(List.of())
            .setSteps(theirs)
            .setHeardAt(heardAt.orElse(null))
            .build();
    return outcome(history, person, firsts, heardAt)
        .map(outcome -> new UsageParting(outcome, part));
  }

  /** Adds the steps of an identifier; empty if that changes nothing. */
  public Optional<UsageOutcome> join(
      UsageHistory history, String person, String identifier, UsagePart part) {
    String own = Mark.relative(identifier, person);
    StepFirsts firsts = new StepFirsts(history);
    part.getSteps().forEach((step, mark) -> firsts.add(step, Mark.of(mark).by(own)));
    Optional<Instant> heardAt =
        Stream.of(history.memory().flatMap(UsageMemory::getHeardAt), part.getHeardAt())
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    return outcome(history, person, firsts, heardAt);
  }

  private Optional<UsageOutcome> outcome(
      UsageHistory history, String person, StepFirsts firsts, Optional<Instant> heardAt) {
    Map<String, ActivityMark> before = history.memory().map(UsageMemory::getSteps).orElse(Map.of());
    if (firsts.ofPerson().equals(before) && firsts.changedOthers().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new UsageOutcome(
            UsageMemory.newBuilder()
                .setSteps(firsts.ofPerson())
                .setHeardAt(heardAt.orElse(null))
                .build(),
            List.of(),
            List.of(),
            List.of(),
            firsts.changedOthers(),
            announced(counts(person, before), counts(person, firsts.ofPerson()))));
  }

  private static List<UsageCount> announced(List<UsageCount> before, List<UsageCount> after) {
    Map<String, UsageCount> earlier = new HashMap<>();
    before.forEach(count -> earlier.put(count.getUsageId(), count));
    List<UsageCount> announced = new ArrayList<>();
    Set<String> current = after.stream().map(UsageCount::getUsageId).collect(Collectors.toSet());
    before.stream()
        .filter(count -> !current.contains(count.getUsageId()))
        .map(count -> UsageCount.newBuilder(count).setStatus(UsageCounter.RETRACTED).build())
        .forEach(announced::add);
    for (UsageCount count : after) {
      UsageCount known = earlier.get(count.getUsageId());
      if (known == null) {
        announced.add(count);
      } else if (!known.equals(count)) {
        announced.add(UsageCount.newBuilder(count).setStatus(SignalDetector.CORRECTED).build());
      }
    }
    return announced;
  }

  /** One count for each step that was done, in their order. */
  private List<UsageCount> counts(String person, Map<String, ActivityMark> steps) {
    List<Done> inOrder = new ArrayList<>();
    for (String step : rule.steps()) {
      Optional.ofNullable(steps.get(step))
          .ifPresent(first -> inOrder.add(new Done(step, Mark.of(first))));
    }
    inOrder.sort(Comparator.comparing(Done::first));
    List<String> names = inOrder.stream().map(Done::step).toList();
    List<UsageCount> counts = new ArrayList<>();
    for (int done = 1; done <= inOrder.size(); done++) {
      String step = inOrder.get(done - 1).step();
      Mark mark = inOrder.get(done - 1).first();
      counts.add(
          UsageCount.newBuilder()
              .setUsageId(person + "|" + rule.name() + "|" + step)
              .setUsage(rule.name())
              .setPerson(person)
              .setStatus(SignalDetector.DETECTED)
              .setEventId(mark.eventId())
              .setOccurredAt(mark.occurredAt())
              .setCount(done)
              .setStep(step)
              .setSteps(rule.steps().size())
              .setStepsDone(names.subList(0, done))
              .setShare(share(done))
              .setDescription(rule.description())
              .build());
    }
    return counts;
  }

  private double share(int done) {
    return BigDecimal.valueOf(done)
        .divide(BigDecimal.valueOf(rule.steps().size()), 2, RoundingMode.HALF_EVEN)
        .doubleValue();
  }
}
