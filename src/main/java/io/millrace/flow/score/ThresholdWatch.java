package io.millrace.flow.score;

import io.millrace.event.ThresholdMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees a score reach its thresholds, each time once.
 *
 * <p>A score is a function of what happened; that it was reached is not: it is said of the score as
 * it was known, and stays said. Events that come late can lower a score or raise it through a
 * threshold only then, and another order of the same events can reach it more or less often.
 *
 * <p>A threshold that is new to a person is taken as reached if the score was not below it before:
 * declaring one announces nobody who got there earlier.
 */
final class ThresholdWatch {
  /** A threshold reached for the number-th time. */
  record Crossing(Threshold threshold, int number) {}

  /**
   * What a new score does.
   *
   * @param memory by threshold, to remember from now on
   * @param crossings the lowest threshold first
   */
  record Seen(Map<String, ThresholdMemory> memory, List<Crossing> crossings) {}

  private final List<Threshold> thresholds;

  ThresholdWatch(List<Threshold> thresholds) {
    this.thresholds = thresholds;
  }

  Seen see(Map<String, ThresholdMemory> before, int previousScore, int score) {
    Map<String, ThresholdMemory> after = new TreeMap<>();
    // The number goes on, should a threshold be declared again: no event_id is used twice.
    before.forEach((name, memory) -> after.put(name, memory(memory.getCrossings(), null)));
    List<Crossing> crossings = new ArrayList<>();
    for (Threshold threshold : thresholds) {
      Optional<ThresholdMemory> memory = Optional.ofNullable(before.get(threshold.name()));
      int number = memory.map(ThresholdMemory::getCrossings).orElse(0);
      boolean reached =
          memory.flatMap(ThresholdMemory::getReached).orElse(previousScore >= threshold.at());
      if (!reached && score >= threshold.at()) {
        number++;
        crossings.add(new Crossing(threshold, number));
      }
      boolean stays = score >= threshold.at() || (reached && score >= threshold.again());
      after.put(threshold.name(), memory(number, stays));
    }
    return new Seen(after, crossings);
  }

  private static ThresholdMemory memory(int crossings, @Nullable Boolean reached) {
    return new ThresholdMemory(crossings, reached);
  }
}
