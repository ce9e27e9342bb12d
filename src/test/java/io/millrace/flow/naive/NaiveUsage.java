package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.event.UsageCount;
import io.millrace.flow.testing.TestRules;
import io.millrace.flow.usage.UsageRule;
import io.millrace.model.EventKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is to stand about one person's use in the end, reckoned from all events at once. */
final class NaiveUsage {
  private NaiveUsage() {}

  static List<UsageCount> of(String person, List<Event> events) {
    List<Event> inOrder = new ArrayList<>(events);
    inOrder.sort(Comparator.comparing(Event::getOccurredAt).thenComparing(EventKeys::identity));
    List<UsageCount> said = new ArrayList<>();
    for (UsageRule rule : TestRules.real().usage().all()) {
      switch (rule) {
        case UsageRule.Times times -> times(person, times, inOrder, said);
        case UsageRule.Steps steps -> steps(person, steps, inOrder, said);
      }
    }
    return said;
  }

  private static void times(
      String person, UsageRule.Times rule, List<Event> events, List<UsageCount> said) {
    List<Event> counted = new ArrayList<>();
    for (Event event : events) {
      if (NaiveEngagement.activities(event).contains(rule.activity())) {
        counted.add(event);
        counted.removeIf(
            before -> before.getOccurredAt().plus(rule.within()).isBefore(event.getOccurredAt()));
        said.add(
            usage(person, rule, event, EventKeys.identity(event))
                .setCount(Math.min(counted.size(), rule.upTo()))
                .build());
      }
    }
  }

  private static void steps(
      String person, UsageRule.Steps rule, List<Event> events, List<UsageCount> said) {
    List<String> done = new ArrayList<>();
    for (Event event : events) {
      for (String step : rule.steps()) {
        if (NaiveEngagement.activities(event).contains(step) && !done.contains(step)) {
          done.add(step);
          said.add(
              usage(person, rule, event, step)
                  .setCount(done.size())
                  .setStep(step)
                  .setSteps(rule.steps().size())
                  .setStepsDone(List.copyOf(done))
                  .setShare(Math.round(100.0 * done.size() / rule.steps().size()) / 100.0)
                  .build());
        }
      }
    }
  }

  private static UsageCount.Builder usage(String person, UsageRule rule, Event event, String of) {
    return UsageCount.newBuilder()
        .setUsageId(person + "|" + rule.name() + "|" + of)
        .setUsage(rule.name())
        .setPerson(person)
        .setStatus("DETECTED")
        .setEventId(EventKeys.identity(event))
        .setOccurredAt(event.getOccurredAt())
        .setDescription(rule.description());
  }
}
