package io.millrace.flow.naive;

import io.millrace.event.Contribution;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.ScoreComparison;
import io.millrace.event.Signal;
import io.millrace.flow.EngagementConvergenceTest;
import io.millrace.flow.EngagementRules;
import io.millrace.flow.score.Points;
import io.millrace.flow.score.ScoreRule;
import io.millrace.flow.score.ScoringModel;
import io.millrace.flow.signal.SignalRule;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.model.EventKeys;
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
import java.util.stream.LongStream;

/** What the engagement flow is to end with, reckoned from all events at once. */
public final class NaiveEngagement {
  private NaiveEngagement() {}

  public static EngagementConvergenceTest.Outcome of(List<Event> events, EngagementRules rules) {
    Map<String, String> scores = new TreeMap<>();
    Map<String, String> comparisons = new TreeMap<>();
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
          LeadScore score = score(person, theirs, found, rules.scoring());
          scores.put(person, EngagementConvergenceTest.bytes(score));
          rules
              .candidate()
              .map(candidate -> score(person, theirs, found, candidate))
              .filter(other -> other.getScore() != score.getScore())
              .map(other -> EngagementConvergenceTest.bytes(comparison(score, other)))
              .ifPresent(different -> comparisons.put(person, different));
          NaiveUsage.of(person, theirs.stream().filter(NaiveEngagement::isBelieved).toList())
              .forEach(said -> usage.put(said.getUsageId(), EngagementConvergenceTest.bytes(said)));
          theirs.forEach(event -> count(person, event, counts));
        });
    return new EngagementConvergenceTest.Outcome(
        scores, comparisons, signals, usage, counts, events.size());
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
            .filter(NaiveEngagement::isBelieved)
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
        .setIdentifier(completing.getRecord().getId())
        .setStatus("DETECTED")
        .setFirstAt(pattern.getFirst().getOccurredAt())
        .setCompletedAt(completing.getOccurredAt())
        .setEventIds(pattern.stream().map(EventKeys::identity).toList())
        .setDescription(rule.description())
        .build();
  }

  private static ScoreComparison comparison(LeadScore score, LeadScore other) {
    return ScoreComparison.newBuilder()
        .setPerson(score.getPerson())
        .setModel("lead-score/2")
        .setScore(score.getScore())
        .setContributions(score.getContributions())
        .setReached(score.getScore() >= 60 ? List.of("marketing-qualified") : List.of())
        .setCandidateModel("lead-score/next")
        .setCandidateScore(other.getScore())
        .setCandidateContributions(other.getContributions())
        .setCandidateReached(other.getScore() >= 60 ? List.of("marketing-qualified") : List.of())
        .setDifference(other.getScore() - score.getScore())
        .setAsOf(score.getAsOf())
        .build();
  }

  private static LeadScore score(
      String person, List<Event> events, List<Signal> signals, ScoringModel model) {
    Instant asOf =
        events.stream().map(NaiveEngagement::believed).max(Comparator.naturalOrder()).orElseThrow();
    List<Contribution> contributions = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (ScoreRule rule : model.rules()) {
      List<Instant> moments = moments(rule, events, signals);
      double points = total(rule, moments, events, asOf);
      double cap = rule.cap().orElse(Double.MAX_VALUE);
      BigDecimal rounded =
          BigDecimal.valueOf(Math.max(Math.min(points, cap), -cap))
              .setScale(2, RoundingMode.HALF_EVEN);
      if (rounded.signum() != 0) {
        sum = sum.add(rounded);
        long count = rule.activity().isEmpty() ? 1 : moments.size();
        contributions.add(new Contribution(rule.name(), count, rounded.doubleValue()));
      }
    }
    int score = sum.setScale(0, RoundingMode.HALF_EVEN).intValue();
    return LeadScore.newBuilder()
        .setPerson(person)
        .setScore(Math.max(0, Math.min(100, score)))
        .setContributions(contributions)
        .setModel("lead-score/" + model.version())
        .setAsOf(asOf)
        .build();
  }

  private static List<Instant> moments(ScoreRule rule, List<Event> events, List<Signal> signals) {
    return rule.activity()
        .map(
            activity ->
                activity.startsWith("signal:")
                    ? signals.stream().map(Signal::getCompletedAt).toList()
                    : moments(activity, events))
        .orElse(List.of());
  }

  private static List<Instant> moments(String activity, List<Event> events) {
    return events.stream()
        .filter(event -> activities(event).contains(activity))
        .map(NaiveEngagement::believed)
        .toList();
  }

  private static boolean isBelieved(Event event) {
    return Duration.between(event.getReceivedAt(), event.getOccurredAt()).toHours() < 24
        || event.getOccurredAt().equals(event.getReceivedAt().plus(Duration.ofDays(1)));
  }

  /** What a clock that is wrong says does not count. */
  private static Instant believed(Event event) {
    return isBelieved(event) ? event.getOccurredAt() : event.getReceivedAt();
  }

  /** What the expressions of the rules say, written a second time. */
  private static double total(
      ScoreRule rule, List<Instant> moments, List<Event> events, Instant asOf) {
    return switch (rule.points()) {
      case Points.Fixed each when rule.activity().isPresent() ->
          each.points() * weighted(rule, moments, asOf);
      case Points.Fixed once -> considersBuying(events, asOf) ? once.points() : 0;
      case Points.Formula form when rule.name().equals("sends-forms") ->
          (moments("page-visit", events).size() >= 12 ? 7.25 : 15) * weighted(rule, moments, asOf);
      case Points.Formula quiet ->
          keepsQuiet(events, asOf) ? -2 * moments("email-open", events).size() : 0;
    };
  }

  private static boolean considersBuying(List<Event> events, Instant asOf) {
    return lately("pricing-visit", 7, events, asOf).findAny().isPresent()
        && lately("email-open", 7, events, asOf).findAny().isPresent();
  }

  private static boolean keepsQuiet(List<Event> events, Instant asOf) {
    return lately("email-open", 2, events, asOf).count() <= 1
        && lately("page-visit", 3, events, asOf).distinct().count() < 4;
  }

  /** The days of what happened on one of the last days. */
  private static LongStream lately(String activity, int days, List<Event> events, Instant asOf) {
    return moments(activity, events).stream()
        .mapToLong(NaiveEngagement::day)
        .filter(day -> day > day(asOf) - days);
  }

  private static double weighted(ScoreRule rule, List<Instant> moments, Instant asOf) {
    Duration halfLife = rule.halfLife().orElseThrow();
    return moments.stream()
        .mapToDouble(
            moment -> Math.pow(0.5, (double) (day(asOf) - day(moment)) / halfLife.toDays()))
        .sum();
  }

  private static long day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC).toEpochDay();
  }
}
