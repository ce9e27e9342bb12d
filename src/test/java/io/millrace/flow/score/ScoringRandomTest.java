package io.millrace.flow.score;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.LeadScore;
import io.millrace.event.ScoreComparison;
import io.millrace.event.ScoreMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Years of one person's behaviour in many orders. */
final class ScoringRandomTest {
  private static final String ANN = "ann@example.com";
  static final List<String> ACTIVITIES = List.of("visit", "open", "refusal", "signal:keen");
  static final Threshold QUALIFIED = new Threshold("qualified", 30, 20, "lead.qualified");
  static final ScoringModel MODEL = model("1", "count('open', 30) > 1");
  static final ScoringModel CANDIDATE =
      model("2", "days('open', 60) > 2 && count('refusal', 400) < count('visit')");

  /** What stands in the end, and what was said on the way. */
  private record End(
      ScoreMemory memory,
      Optional<LeadScore> score,
      Optional<ScoreComparison> comparison,
      List<Integer> scores,
      List<String> raised) {}

  @Test
  void endsTheSameInEveryOrderAndRaisesOnceForEachCrossing() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      List<ScoreInput> behaviour = behaviour(random);
      End first = run(behaviour);
      for (int order = 0; order < 4; order++) {
        Collections.shuffle(behaviour, random);
        End end = run(behaviour);
        assertThat(withoutThresholds(end.memory()))
            .as("seed %d, round %d", seed, round)
            .isEqualTo(withoutThresholds(first.memory()));
        assertThat(end.score()).as("seed %d, round %d", seed, round).isEqualTo(first.score());
        assertThat(end.comparison())
            .as("seed %d, round %d", seed, round)
            .isEqualTo(first.comparison());
        assertThat(end.raised())
            .as("seed %d, round %d", seed, round)
            .isEqualTo(crossings(end.scores()));
      }
    }
  }

  private static End run(List<ScoreInput> behaviour) {
    Scoring scoring = new Scoring(MODEL, Optional.of(CANDIDATE));
    Optional<ScoreMemory> memory = Optional.empty();
    Optional<LeadScore> score = Optional.empty();
    Optional<ScoreComparison> comparison = Optional.empty();
    List<Integer> scores = new ArrayList<>();
    List<String> raised = new ArrayList<>();
    for (ScoreInput one : behaviour) {
      ScoreOutcome outcome = scoring.add(memory, Optional.empty(), ANN, one);
      memory = Optional.of(outcome.memory());
      score = outcome.score().isPresent() ? outcome.score() : score;
      comparison =
          switch (outcome.compared()) {
            case ComparisonResult.NothingNew nothing -> comparison;
            case ComparisonResult.Differ differ -> Optional.of(differ.comparison());
            case ComparisonResult.AgreeAgain agree -> Optional.empty();
          };
      scores.add(outcome.memory().getScore());
      outcome.raised().forEach(event -> raised.add(event.getEventId()));
    }
    return new End(memory.orElseThrow(), score, comparison, scores, raised);
  }

  private static List<String> crossings(List<Integer> scores) {
    List<String> crossings = new ArrayList<>();
    boolean above = false;
    for (int score : scores) {
      if (!above && score >= QUALIFIED.at()) {
        crossings.add(ANN + "|qualified|" + (crossings.size() + 1));
        above = true;
      } else if (score < QUALIFIED.again()) {
        above = false;
      }
    }
    return crossings;
  }

  private static ScoreMemory withoutThresholds(ScoreMemory memory) {
    return ScoreMemory.newBuilder(memory).setThresholds(Map.of()).build();
  }

  private static List<ScoreInput> behaviour(Random random) {
    List<ScoreInput> behaviour = new ArrayList<>();
    Duration span = Duration.ofDays(random.nextBoolean() ? 90 : 6_000);
    for (int times = 0; times < 40; times++) {
      Instant moment = NOON.minusSeconds(random.nextLong(span.toSeconds()));
      String activity = ACTIVITIES.get(random.nextInt(ACTIVITIES.size()));
      LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
      behaviour.add(
          new ScoreInput(
              ANN, day, Map.of(activity, 1L + random.nextInt(3)), moment, "batch:" + times, NOON));
    }
    return behaviour;
  }

  private static ScoringModel model(String version, String when) {
    Set<String> countable = Set.copyOf(ACTIVITIES);
    return new ScoringModel(
        "lead-score",
        version,
        0,
        100,
        List.of(
            rule("visits", "visit", 3, 30),
            rule("refusals", "refusal", -7, 400),
            ScoreRule.each("keen", "signal:keen", 2, Optional.of(20.0), Optional.empty()),
            new ScoreRule(
                "opens-often",
                Optional.empty(),
                Optional.of(ScoreExpression.condition(when, countable)),
                new Points.Formula(
                    ScoreExpression.number("1.5 * double(count('open'))", countable)),
                Optional.of(25.0),
                Optional.empty())),
        List.of(QUALIFIED));
  }

  private static ScoreRule rule(String name, String activity, double points, int halfLifeDays) {
    return ScoreRule.each(
        name, activity, points, Optional.of(40.0), Optional.of(Duration.ofDays(halfLifeDays)));
  }
}
