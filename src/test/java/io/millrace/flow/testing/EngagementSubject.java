package io.millrace.flow.testing;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.ScoreComparison;
import io.millrace.event.Signal;
import io.millrace.flow.EngagementConvergenceTest;
import io.millrace.flow.naive.NaiveEngagement;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import io.millrace.model.OwnEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Role engagement: batches, signals and scores of a few people or many. */
public final class EngagementSubject implements Subject {
  private static final int MOST_EVENTS = 1_500;
  private static final Duration SPAN = Duration.ofHours(100);
  private static final List<String> TYPES =
      List.of(
          "page.viewed",
          "page.viewed",
          "page.viewed",
          "email.opened",
          "email.clicked",
          "form.submitted",
          "product.opened",
          "email.unsubscribed",
          "email.reported_spam",
          "call.finished");

  @Override
  public List<Event> events(Random random) {
    int count = 1 + random.nextInt(MOST_EVENTS);
    int people = 1 + random.nextInt(count / 10 + 1);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, String> data = Map.of("path", random.nextBoolean() ? "/pricing" : "/blog");
      events.add(
          EngagementEvents.event(
              "p" + random.nextInt(people),
              "e" + i,
              TYPES.get(random.nextInt(TYPES.size())),
              moment(random),
              data));
    }
    return events;
  }

  /** Often the very moment of another event: order must not hang on it. */
  private static Instant moment(Random random) {
    long quarters = random.nextInt((int) SPAN.toMinutes() / 15);
    return EngagementEvents.NOON
        .plus(quarters * 15, ChronoUnit.MINUTES)
        .plusSeconds(random.nextInt(3) * 20L);
  }

  @Override
  public NavigableMap<String, String> expected(Collection<Event> events) {
    EngagementConvergenceTest.Outcome end =
        NaiveEngagement.of(List.copyOf(events), EngagementConvergenceTest.RULES);
    NavigableMap<String, String> expected =
        facts(end.scores(), end.standingSignals(), end.counts());
    end.comparisons()
        .forEach((person, comparison) -> expected.put("compared " + person, comparison));
    end.usage().forEach((id, count) -> expected.put("usage " + id, count));
    events.forEach(event -> expected.put("admitted " + EventKeys.identity(event), "once"));
    return expected;
  }

  @Override
  public NavigableMap<String, String> outcome(List<Arrival> arrivals) {
    try (EngagementFlow flow =
        new EngagementFlow(EngagementEvents.NOON.plus(SPAN), EngagementConvergenceTest.RULES)) {
      arrivals.forEach(
          arrival -> {
            flow.caughtUp(arrival.caughtUp());
            flow.arrive(arrival.event());
            flow.pass(arrival.pause());
          });
      flow.caughtUp(true);
      flow.pass(Duration.ofMinutes(2));
      return outcome(flow);
    }
  }

  private static NavigableMap<String, String> outcome(EngagementFlow flow) {
    Map<String, String> scores = new TreeMap<>();
    for (LeadScore score : flow.values(Topics.LEAD_SCORES)) {
      scores.put(score.getPerson(), EngagementConvergenceTest.bytes(score));
    }
    Map<String, String> signals = new TreeMap<>();
    for (Signal signal : flow.signals()) {
      if (signal.getStatus().equals("RETRACTED")) {
        signals.remove(signal.getSignalId());
      } else {
        Signal standing = Signal.newBuilder(signal).setStatus("DETECTED").build();
        signals.put(signal.getSignalId(), EngagementConvergenceTest.bytes(standing));
      }
    }
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (EngagementBatch batch : flow.batches()) {
      add(counts, batch);
    }
    NavigableMap<String, String> outcome = facts(scores, signals, counts);
    flow.read(Topics.LEAD_SCORES_COMPARED)
        .forEach(record -> compare(outcome, record.key(), record.value()));
    EngagementConvergenceTest.usage(flow).forEach((id, count) -> outcome.put("usage " + id, count));
    outcome.putAll(admitted(flow.values(Topics.EVENTS_ORDERED)));
    flow.values(Topics.DEAD_LETTERS)
        .forEach(letter -> outcome.put("dead " + letter.getEventId(), "" + letter));
    return outcome;
  }

  private static void compare(
      Map<String, String> outcome, String person, @Nullable ScoreComparison comparison) {
    if (comparison == null) {
      outcome.remove("compared " + person);
    } else {
      outcome.put("compared " + person, EngagementConvergenceTest.bytes(comparison));
    }
  }

  /**
   * How often thresholds are reached hangs on the order; that nobody hears of one twice does not.
   */
  private static Map<String, String> admitted(List<Event> ordered) {
    Map<String, String> admitted = new TreeMap<>();
    for (Event event : ordered) {
      admitted.merge(
          "admitted " + EventKeys.identity(event), "once", (one, more) -> "more than once");
    }
    admitted.entrySet().removeIf(EngagementSubject::isRaisedOnce);
    return admitted;
  }

  private static boolean isRaisedOnce(Map.Entry<String, String> admitted) {
    return admitted.getKey().startsWith("admitted " + OwnEvents.SOURCE + "/")
        && admitted.getValue().equals("once");
  }

  private static void add(Map<String, Map<String, Long>> counts, EngagementBatch batch) {
    Map<String, Long> sum =
        counts.computeIfAbsent(
            batch.getPerson() + "|" + batch.getWindowStart(), minute -> new TreeMap<>());
    sum.merge("events", batch.getEvents(), Long::sum);
    batch.getCounts().forEach((type, count) -> sum.merge(type, count, Long::sum));
    batch.getActivities().forEach((activity, count) -> sum.merge(activity, count, Long::sum));
  }

  private static NavigableMap<String, String> facts(
      Map<String, String> scores,
      Map<String, String> signals,
      Map<String, Map<String, Long>> counts) {
    NavigableMap<String, String> facts = new TreeMap<>();
    scores.forEach((person, score) -> facts.put("score " + person, score));
    signals.forEach((id, signal) -> facts.put("signal " + id, signal));
    counts.forEach((minute, sum) -> facts.put("minute " + minute, sum.toString()));
    return facts;
  }

  @Override
  public String toString() {
    return "engagement";
  }
}
