package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.event.UsageCount;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.usage.UsageRule;
import io.millrace.model.EventKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The usage of a list of all events that is counted from the beginning. */
public final class ListedUsage {
  private ListedUsage() {}

  /** A person's counts by their ids. */
  public static Map<String, UsageCount> times(
      UsageRule.Times rule, String person, List<Event> events) {
    Map<String, UsageCount> counts = new TreeMap<>();
    for (Event event : events) {
      Instant since = event.getOccurredAt().minus(rule.within());
      long times =
          events.stream()
              .filter(other -> ListedSignals.inTime(person).compare(other, event) <= 0)
              .filter(other -> !other.getOccurredAt().isBefore(since))
              .count();
      String by = Mark.relative(event.getRecord().getId(), person);
      String of = EventKeys.identity(event) + (by.isEmpty() ? "" : "|" + by);
      UsageCount count =
          usage(rule, person, event, of).setCount(Math.min(times, rule.upTo())).build();
      counts.put(count.getUsageId(), count);
    }
    return counts;
  }

  /**
   * A person's steps by their ids.
   *
   * @param activities the steps of an event
   */
  public static Map<String, UsageCount> steps(
      UsageRule.Steps rule,
      String person,
      List<Event> events,
      Function<Event, List<String>> activities) {
    List<Event> inOrder = new ArrayList<>(events);
    inOrder.sort(ListedSignals.inTime(person));
    Map<String, UsageCount> counts = new TreeMap<>();
    List<String> done = new ArrayList<>();
    for (Event event : inOrder) {
      for (String step : rule.steps()) {
        if (activities.apply(event).contains(step) && !done.contains(step)) {
          done.add(step);
          UsageCount count =
              usage(rule, person, event, step)
                  .setCount(done.size())
                  .setStep(step)
                  .setSteps(rule.steps().size())
                  .setStepsDone(List.copyOf(done))
                  .setShare((double) done.size() / rule.steps().size())
                  .build();
          counts.put(count.getUsageId(), count);
        }
      }
    }
    return counts;
  }

  private static UsageCount.Builder usage(UsageRule rule, String person, Event event, String of) {
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
