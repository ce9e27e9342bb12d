package io.millrace.flow;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.arrived;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.ScoreComparison;
import io.millrace.event.Signal;
import io.millrace.event.UsageCount;
import io.millrace.flow.naive.NaiveEngagement;
import io.millrace.flow.score.Points;
import io.millrace.flow.score.ScoreExpression;
import io.millrace.flow.score.ScoreRule;
import io.millrace.flow.score.ScoringModel;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.EngagementFlow;
import io.millrace.model.EventKeys;
import io.millrace.model.OwnEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole engagement flow against a naive model, in many orders and with many repetitions. */
public final class EngagementConvergenceTest {
  /** Making one reads every version of its schema. */
  private static final Map<Class<?>, Serializer<?>> SERIALIZERS = new HashMap<>();

  private static final int ROUNDS = 5;
  private static final int ORDERS = 4;
  public static final EngagementRules RULES = withCandidate();
  private static final List<String> PEOPLE = List.of("ann@example.com", "bob@example.com", "cy");
  private static final List<String> TYPES =
      List.of(
          "page.viewed",
          "page.viewed",
          "page.viewed",
          "email.opened",
          "email.clicked",
          "form.submitted",
          "product.opened",
          "product.feature_used",
          "product.invite_sent",
          "email.unsubscribed",
          "call.finished");

  @Test
  void endsTheSameInEveryOrderAndWithEveryRepetition() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);

    int compared = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Event> events = events(random);
      Outcome expected = NaiveEngagement.of(events, RULES);
      compared += expected.comparisons().size();
      for (int order = 0; order < ORDERS; order++) {
        assertThat(run(events, random))
            .as("seed %d, round %d, order %d", seed, round, order)
            .isEqualTo(expected);
      }
    }
    assertThat(compared).as("seed %d", seed).isPositive();
  }

  /** What readers end up with, in bytes where somebody could compare them. */
  public record Outcome(
      Map<String, String> scores,
      Map<String, String> comparisons,
      Map<String, String> standingSignals,
      Map<String, String> usage,
      Map<String, Map<String, Long>> counts,
      long admitted) {}

  private static Outcome run(List<Event> events, Random random) {
    List<Event> arriving = new ArrayList<>(events);
    for (int copy = random.nextInt(events.size()); copy > 0; copy--) {
      arriving.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(arriving, random);
    try (EngagementFlow flow = new EngagementFlow(NOON.plus(Duration.ofHours(60)), RULES)) {
      for (Event event : arriving) {
        flow.arriveAfterAll(event, event.getReceivedAt());
        flow.caughtUp(random.nextBoolean());
        flow.pass(Duration.ofMillis(random.nextInt(40_000)));
      }
      flow.caughtUp(true);
      flow.pass(Duration.ofMinutes(2));
      assertThat(flow.values(Topics.DEAD_LETTERS)).isEmpty();
      assertThat(flow.values(Topics.EVENTS_DUPLICATE)).hasSize(arriving.size() - events.size());
      return outcome(flow);
    }
  }

  private static Outcome outcome(EngagementFlow flow) {
    Map<String, LeadScore> scores = new TreeMap<>();
    flow.values(Topics.LEAD_SCORES).forEach(score -> scores.put(score.getPerson(), score));
    assertChained(flow.values(Topics.LEAD_SCORES_CHANGED), scores);
    Map<String, String> standing = new TreeMap<>();
    for (Signal signal : flow.signals()) {
      assertThat(signal.getStatus())
          .isEqualTo(standing.containsKey(signal.getSignalId()) ? "CORRECTED" : "DETECTED");
      Signal detected = Signal.newBuilder(signal).setStatus("DETECTED").build();
      standing.put(signal.getSignalId(), bytes(detected));
    }
    Map<String, String> scoreBytes = new TreeMap<>();
    scores.forEach((person, score) -> scoreBytes.put(person, bytes(score)));
    Map<String, String> comparisons = new TreeMap<>();
    flow.read(Topics.LEAD_SCORES_COMPARED)
        .forEach(
            record ->
                comparisons.compute(
                    record.key(), (person, before) -> bytesOrNull(before, record.value())));
    List<Event> ordered = flow.values(Topics.EVENTS_ORDERED);
    assertRaisedOnce(ordered.stream().filter(OwnEvents::is).toList());
    List<EngagementBatch> batches = flow.batches();
    assertThat(batches).extracting(EngagementBatch::getBatchId).doesNotHaveDuplicates();
    return new Outcome(
        scoreBytes,
        comparisons,
        standing,
        usage(flow),
        summed(batches),
        ordered.stream().filter(event -> !OwnEvents.is(event)).count());
  }

  /** A tombstone only ends what stands. */
  private static @Nullable String bytesOrNull(
      @Nullable String before, @Nullable ScoreComparison value) {
    assertThat(before != null || value != null).isTrue();
    return value == null ? null : bytes(value);
  }

  private static void assertRaisedOnce(List<Event> raised) {
    assertThat(raised).extracting(Event::getEventId).doesNotHaveDuplicates();
    assertThat(raised)
        .allSatisfy(
            event ->
                assertThat(Integer.parseInt(event.getData().get("score")))
                    .isGreaterThanOrEqualTo(60)
                    .isGreaterThan(Integer.parseInt(event.getData().get("previous_score"))));
  }

  public static Map<String, String> usage(EngagementFlow flow) {
    Map<String, String> standing = new TreeMap<>();
    for (UsageCount said : flow.values(Topics.USAGE_COUNTED)) {
      assertThat(said.getStatus())
          .isEqualTo(standing.containsKey(said.getUsageId()) ? "CORRECTED" : "DETECTED");
      UsageCount detected = UsageCount.newBuilder(said).setStatus("DETECTED").build();
      standing.put(said.getUsageId(), bytes(detected));
    }
    return standing;
  }

  private static Map<String, Map<String, Long>> summed(List<EngagementBatch> batches) {
    Map<String, Map<String, Long>> sums = new TreeMap<>();
    for (EngagementBatch batch : batches) {
      Map<String, Long> sum =
          sums.computeIfAbsent(
              batch.getPerson() + "|" + batch.getWindowStart(), minute -> new TreeMap<>());
      sum.merge("events", batch.getEvents(), Long::sum);
      batch.getCounts().forEach((type, count) -> sum.merge(type, count, Long::sum));
      batch.getActivities().forEach((activity, count) -> sum.merge(activity, count, Long::sum));
    }
    return sums;
  }

  private static void assertChained(List<LeadScoreChange> changes, Map<String, LeadScore> scores) {
    Map<String, Integer> before = new TreeMap<>();
    for (LeadScoreChange change : changes) {
      assertThat(change.getPreviousScore()).isEqualTo(before.getOrDefault(change.getPerson(), 0));
      before.put(change.getPerson(), change.getScore());
    }
    scores.forEach(
        (person, score) -> assertThat(score.getScore()).isEqualTo(before.getOrDefault(person, 0)));
  }

  /** The deployed rules, beside a model with expressions for points and for conditions. */
  private static EngagementRules withCandidate() {
    ScoringModel deployed = EngagementFlow.RULES.scoring();
    Set<String> activities = Set.of("page-visit", "email-open");
    List<ScoreRule> rules = new ArrayList<>(deployed.rules());
    rules.removeIf(rule -> rule.name().equals("sends-forms"));
    rules.add(
        new ScoreRule(
            "sends-forms",
            Optional.of("form-submitted"),
            Optional.empty(),
            new Points.Formula(
                ScoreExpression.number("count('page-visit', 400) >= 12 ? 7.25 : 15.0", activities)),
            Optional.of(30.0),
            Optional.of(Duration.ofDays(30))));
    rules.add(
        new ScoreRule(
            "keeps-quiet",
            Optional.empty(),
            Optional.of(
                ScoreExpression.condition(
                    "count('email-open', 2) <= 1 && days('page-visit', 3) < 4", activities)),
            new Points.Formula(ScoreExpression.number("-2 * count('email-open')", activities)),
            Optional.of(9.0),
            Optional.empty()));
    return new EngagementRules(
        EngagementFlow.RULES.activities(),
        EngagementFlow.RULES.signals(),
        deployed,
        Optional.of(new ScoringModel("lead-score", "next", 0, 100, rules, deployed.thresholds())));
  }

  public static <V extends SpecificRecord> String bytes(V value) {
    @SuppressWarnings("unchecked") // the class of a value is the class of its type
    Serializer<V> serializer =
        (Serializer<V>)
            SERIALIZERS.computeIfAbsent(
                value.getClass(), type -> StateSerde.of(value.getClass()).serializer());
    return HexFormat.of().formatHex(serializer.serialize("", value));
  }

  /**
   * How long after it happened an edge received an event. That stays the same when it comes out of
   * a spool, or is replayed, days later.
   */
  private static Duration afterwards(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> Duration.ofMinutes(random.nextInt(20 * 60));
      // A sender's clock that is wrong by more or less than is tolerated.
      case 2 -> Duration.ofMinutes(-random.nextInt(60 * 60));
      default -> Duration.ofMillis(random.nextInt(3_000));
    };
  }

  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (int index = 0; index < 120; index++) {
      String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
      String type = TYPES.get(random.nextInt(TYPES.size()));
      Map<String, String> data = Map.of("path", random.nextBoolean() ? "/pricing" : "/blog");
      Instant minute = NOON.plus(random.nextInt(300) * 15L, ChronoUnit.MINUTES);
      // The same moment twice, now and then: order must not hang on it.
      Instant occurredAt = minute.plusSeconds(random.nextInt(3) * 20L);
      Event event = event(person, "e" + index, type, occurredAt, data);
      events.add(arrived(event, occurredAt.plus(afterwards(random))));
    }
    assertThat(events).extracting(EventKeys::identity).doesNotHaveDuplicates();
    return events;
  }
}
