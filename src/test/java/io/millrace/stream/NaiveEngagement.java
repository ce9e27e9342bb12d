package io.millrace.stream;

import io.millrace.event.Contribution;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.Signal;
import io.millrace.rule.EventKeys;
import io.millrace.rule.ScoreRule;
import io.millrace.rule.SignalRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the engagement flow is to end with, reckoned from all events at once. */
final class NaiveEngagement {
  private NaiveEngagement() {}

  static EngagementConvergenceTest.Outcome of(List<Event> events) {
    Map<String, String> scores = new TreeMap<>();
    Map<String, String> signals = new TreeMap<>();
    Map<String, String> usage = new TreeMap<>();
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    Map<String, List<Event>> byPerson =
        events.stream().collect(Collectors.groupingBy(event -> event.getRecord().getId()));
    byPerson.forEach(
        (person, theirs) -> {
          List<Signal> found = signals(person, theirs);
          found.forEach(
              signal -> signals.put(signal.getSignalId(), EngagementConvergenceTest.bytes(signal)));
          scores.put(person, EngagementConvergenceTest.bytes(score(person, theirs, found)));
          NaiveUsage.of(person, theirs)
              .forEach(said -> usage.put(said.getUsageId(), EngagementConvergenceTest.bytes(said)));
          theirs.forEach(event -> count(person, event, counts));
        });
    return new EngagementConvergenceTest.Outcome(scores, signals, usage, counts, events.size());
  }

  private static void count(String person, Event event, Map<String, Map<String, Long>> counts) {
    Instant minute = event.getOccurredAt().truncatedTo(ChronoUnit.MINUTES);
    Map<String, Long> sum = counts.computeIfAbsent(person + "|" + minute, added -> new TreeMap<>());
    sum.merge("events", 1L, Long::sum);
    sum.merge(event.getEventType(), 1L, Long::sum);
    activities(event).forEach(activity -> sum.merge(activity, 1L, Long::sum));
  }

  static List<String> activities(Event event) {
    return EngagementFlow.RULES.activities().of(event);
  }

  private static List<Signal> signals(String person, List<Event> events) {
    SignalRule rule = EngagementFlow.RULES.signals().getFirst();
    List<Event> visits =
        events.stream()
            .filter(event -> activities(event).contains(rule.activity()))
            .sorted(Comparator.comparing(Event::getOccurredAt).thenComparing(EventKeys::identity))
            .toList();
    List<Signal> found = new ArrayList<>();
    int unused = 0;
    Instant quietUntil = Instant.MIN;
    for (int last = 0; last < visits.size(); last++) {
      int first = last - rule.count() + 1;
      Instant at = visits.get(last).getOccurredAt();
      if (first < unused
          || at.isBefore(quietUntil)
          || visits.get(first).getOccurredAt().plus(rule.within()).isBefore(at)) {
        continue;
      }
      found.add(signal(person, rule, found.size() + 1, visits.subList(first, last + 1)));
      unused = last + 1;
      quietUntil = at.plus(rule.cooldown());
    }
    return found;
  }

  private static Signal signal(String person, SignalRule rule, int number, List<Event> pattern) {
    Event completing = pattern.getLast();
    return Signal.newBuilder()
        .setSignalId(person + "|" + rule.name() + "|" + number)
        .setSignal(rule.name())
        .setPerson(person)
        .setStatus("DETECTED")
        .setFirstAt(pattern.getFirst().getOccurredAt())
        .setCompletedAt(completing.getOccurredAt())
        .setEventIds(pattern.stream().map(EventKeys::identity).toList())
        .setDescription(rule.description())
        .build();
  }

  private static LeadScore score(String person, List<Event> events, List<Signal> signals) {
    Instant asOf =
        events.stream().map(Event::getOccurredAt).max(Comparator.naturalOrder()).orElseThrow();
    List<Contribution> contributions = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (ScoreRule rule : EngagementFlow.RULES.scoring().rules()) {
      List<Instant> moments = moments(rule, events, signals);
      double points = Math.min(total(rule, moments, asOf), rule.cap().orElseThrow());
      BigDecimal rounded =
          BigDecimal.valueOf(Math.max(points, -rule.cap().orElseThrow()))
              .setScale(2, RoundingMode.HALF_EVEN);
      if (rounded.signum() != 0) {
        sum = sum.add(rounded);
        contributions.add(
            new Contribution(rule.name(), (long) moments.size(), rounded.doubleValue()));
      }
    }
    int score = sum.setScale(0, RoundingMode.HALF_EVEN).intValue();
    return LeadScore.newBuilder()
        .setPerson(person)
        .setScore(Math.max(0, Math.min(100, score)))
        .setContributions(contributions)
        .setModel("lead-score/1")
        .setAsOf(asOf)
        .build();
  }

  private static List<Instant> moments(ScoreRule rule, List<Event> events, List<Signal> signals) {
    if (rule.activity().startsWith("signal:")) {
      return signals.stream().map(Signal::getCompletedAt).toList();
    }
    return events.stream()
        .filter(event -> activities(event).contains(rule.activity()))
        .map(Event::getOccurredAt)
        .toList();
  }

  private static double total(ScoreRule rule, List<Instant> moments, Instant asOf) {
    Duration halfLife = rule.halfLife().orElseThrow();
    return moments.stream()
        .mapToDouble(
            moment ->
                rule.points()
                    * Math.pow(0.5, (double) (day(asOf) - day(moment)) / halfLife.toDays()))
        .sum();
  }

  private static long day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC).toEpochDay();
  }
}
