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
 * Tells which steps a person had done by the first time of each. What stands is a function of the
 * set of events alone, however late they come: of each step only the first event counts.
 */
public final class StepProgress {
  private final UsageRule.Steps rule;

  private record Done(String step, Mark first) {}

  public StepProgress(UsageRule.Steps rule) {
    this.rule = rule;
  }

  /** What one more event changes; nothing when its steps were done before. */
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
            announced(said(person, before), said(person, after))));
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
    Map<String, UsageCount> stood = new HashMap<>();
    before.forEach(said -> stood.put(said.getUsageId(), said));
    List<UsageCount> announced = new ArrayList<>();
    for (UsageCount said : after) {
      UsageCount known = stood.get(said.getUsageId());
      if (known == null) {
        announced.add(said);
      } else if (!known.equals(said)) {
        announced.add(UsageCount.newBuilder(said).setStatus(SignalDetector.CORRECTED).build());
      }
    }
    return announced;
  }

  /** One for each step that was done, in their order. */
  private List<UsageCount> said(String person, Map<String, ActivityMark> steps) {
    List<Done> inOrder = new ArrayList<>();
    for (String step : rule.steps()) {
      Optional.ofNullable(steps.get(step))
          .ifPresent(first -> inOrder.add(new Done(step, mark(first))));
    }
    inOrder.sort(Comparator.comparing(Done::first));
    List<String> names = inOrder.stream().map(Done::step).toList();
    List<UsageCount> said = new ArrayList<>();
    for (int done = 1; done <= inOrder.size(); done++) {
      String step = inOrder.get(done - 1).step();
      Mark mark = inOrder.get(done - 1).first();
      said.add(
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
    return said;
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
