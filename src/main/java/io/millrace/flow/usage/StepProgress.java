package io.millrace.flow.usage;

import io.millrace.event.ActivityMark;
import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.signal.SignalDetector;
import io.millrace.flow.signal.Silence;
import io.millrace.flow.timeline.Mark;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reports which steps a person has done, by the first event of each. The final result is a function
 * of the set of events alone, however late they arrive: of each step only the first event counts.
 */
public final class StepProgress {
  private final UsageRule.Steps rule;

  private record Done(String step, Mark first) {}

  public StepProgress(UsageRule.Steps rule) {
    this.rule = rule;
  }

  /** Adds an event; empty when its steps were already done. */
  public Optional<UsageOutcome> add(
      Optional<UsageMemory> memory, String person, Engagement engagement) {
    if (!UsageCounter.counts(rule, engagement)) {
      return Optional.empty();
    }
    Map<String, ActivityMark> before = memory.map(UsageMemory::getSteps).orElse(Map.of());
    Map<String, ActivityMark> after = with(before, engagement);
    if (after.equals(before)) {
      return Optional.empty();
    }
    return Optional.of(
        new UsageOutcome(
            UsageMemory.newBuilder()
                .setSteps(after)
                .setHeardAt(Silence.heard(memory.flatMap(UsageMemory::getHeardAt), engagement))
                .build(),
            Optional.empty(),
            List.of(),
            List.of(),
            announced(counts(person, before), counts(person, after))));
  }

  private Map<String, ActivityMark> with(Map<String, ActivityMark> before, Engagement engagement) {
    Mark mark = Mark.of(engagement);
    Map<String, ActivityMark> steps = new TreeMap<>(before);
    engagement.activities().stream()
        .filter(rule.steps()::contains)
        .filter(step -> isNew(Optional.ofNullable(before.get(step)), mark))
        .forEach(step -> steps.put(step, new ActivityMark(mark.occurredAt(), mark.eventId())));
    return steps;
  }

  private static boolean isNew(Optional<ActivityMark> known, Mark mark) {
    return known.filter(first -> !mark(first).isAfter(mark)).isEmpty();
  }

  private static List<UsageCount> announced(List<UsageCount> before, List<UsageCount> after) {
    Map<String, UsageCount> earlier = new HashMap<>();
    before.forEach(count -> earlier.put(count.getUsageId(), count));
    List<UsageCount> announced = new ArrayList<>();
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
          .ifPresent(first -> inOrder.add(new Done(step, mark(first))));
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

  private static Mark mark(ActivityMark mark) {
    return new Mark(mark.getOccurredAt(), mark.getEventId());
  }
}
