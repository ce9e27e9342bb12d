package io.millrace.flow.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.ThresholdMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ThresholdWatchTest {
  private static final Threshold QUALIFIED = new Threshold("qualified", 60, 40, "lead.qualified");
  private static final Threshold HOT = new Threshold("hot", 90, 90, "lead.hot");

  private Map<String, ThresholdMemory> memory = Map.of();
  private int last = 0;

  @Test
  void tellsOfAThresholdOnce() {
    assertThat(scores(QUALIFIED, 59, 60, 61, 60, 100)).containsExactly("qualified 1 at 60");
  }

  @Test
  void tellsAgainOnlyAfterTheScoreFellFarEnough() {
    assertThat(scores(QUALIFIED, 70, 40, 70, 39, 59, 60))
        .containsExactly("qualified 1 at 70", "qualified 2 at 60");
  }

  @Test
  void tellsOfTheLowestFirst() {
    ThresholdWatch watch = watch(HOT, QUALIFIED);

    assertThat(watch.see(Map.of(), 0, 95).crossings())
        .extracting(crossing -> crossing.threshold().name())
        .containsExactly("qualified", "hot");
  }

  @Test
  void tellsOfNobodyWhoWasThereBeforeItWasDeclared() {
    last = 75;

    assertThat(scores(QUALIFIED, 80, 30, 65)).containsExactly("qualified 1 at 65");
  }

  @Test
  void countsOnAfterItWasNotDeclaredForAWhile() {
    scores(QUALIFIED, 70, 10);
    scores(HOT, 10, 65);

    assertThat(scores(QUALIFIED, 66, 20, 60)).containsExactly("qualified 2 at 60");
  }

  @Test
  void tellsOfSomeoneWhoReachesItByJoining() {
    scores(QUALIFIED, 50);

    ThresholdWatch.Seen seen = watch(QUALIFIED).join(memory, 50, 70, Map.of());

    assertThat(seen.crossings()).extracting(ThresholdWatch.Crossing::number).containsExactly(1);
  }

  @Test
  void tellsOfNobodyWhoReachedItOnEitherSide() {
    ThresholdWatch watch = watch(QUALIFIED);
    Map<String, Boolean> there = Map.of("qualified", true);

    ThresholdWatch.Seen few = watch.join(Map.of(), 0, 15, there);
    assertThat(few.crossings()).isEmpty();
    assertThat(watch.join(few.memory(), 15, 80, Map.of()).crossings()).as("the rest").isEmpty();

    scores(QUALIFIED, 70);
    assertThat(watch.join(memory, 70, 90, Map.of()).crossings()).isEmpty();
  }

  @Test
  void tellsOfNobodyBecauseAnIdentifierLeaves() {
    scores(QUALIFIED, 50);

    memory = watch(QUALIFIED).depart(memory, 50);
    last = 75;

    assertThat(scores(QUALIFIED, 76)).as("the next behaviour").containsExactly("qualified 1 at 76");
  }

  @Test
  void tellsOfSomeoneWhoWasSplitOffAndReachesItAlone() {
    memory = watch(QUALIFIED).join(Map.of(), 0, 15, Map.of("qualified", true)).memory();
    last = 15;

    assertThat(scores(QUALIFIED, 65)).containsExactly("qualified 1 at 65");
  }

  @Test
  void remembersWhatWasReachedWhileASplitPersonIsNotFarBelow() {
    scores(QUALIFIED, 70);
    memory = watch(QUALIFIED).depart(memory, 70);
    last = 45;

    assertThat(scores(QUALIFIED, 65)).isEmpty();
  }

  @Test
  void agreesWithANaiveWatchOnRandomScores() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int at = 1 + random.nextInt(100);
      Threshold threshold = new Threshold("any", at, at - random.nextInt(at), "lead.qualified");
      int[] scores = random.ints(200, 0, 101).toArray();
      memory = Map.of();
      last = 0;

      assertThat(scores(threshold, scores))
          .as("seed %d, round %d, %s", seed, round, threshold)
          .isEqualTo(naive(threshold, scores));
    }
  }

  /** Every crossing from the far side: below again (or ever), then not below at. */
  private static List<String> naive(Threshold threshold, int... scores) {
    List<String> told = new ArrayList<>();
    for (int index = 0; index < scores.length; index++) {
      if (scores[index] < threshold.at()) {
        continue;
      }
      int before = index - 1;
      while (before >= 0
          && scores[before] < threshold.at()
          && scores[before] >= threshold.again()) {
        before--;
      }
      boolean fellFarEnough = before >= 0 && scores[before] < threshold.again();
      boolean isFirst = before < 0;
      if (isFirst || fellFarEnough) {
        told.add("any %d at %d".formatted(told.size() + 1, scores[index]));
      }
    }
    return told;
  }

  private List<String> scores(Threshold threshold, int... scores) {
    List<String> told = new ArrayList<>();
    for (int score : scores) {
      ThresholdWatch.Seen seen = watch(threshold).see(memory, last, score);
      seen.crossings()
          .forEach(
              crossing ->
                  told.add(
                      "%s %d at %d"
                          .formatted(crossing.threshold().name(), crossing.number(), score)));
      memory = seen.memory();
      last = score;
    }
    return told;
  }

  private static ThresholdWatch watch(Threshold... thresholds) {
    return new ThresholdWatch(
        new ScoringModel("m", "1", 0, 100, List.of(), List.of(thresholds)).thresholds());
  }
}
