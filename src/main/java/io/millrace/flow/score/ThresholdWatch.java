package io.millrace.flow.score;

import io.millrace.event.ThresholdMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Detects that a score reaches a threshold, once per crossing.
 *
 * <p>A score is a function of the events; crossings are not: they are announced for the score as it
 * was known, and an announcement is never withdrawn. Late events can lower a score or raise it
 * through a threshold later, and another order of the same events can cross it more or less often.
 *
 * <p>A threshold that is new to a person counts as reached if the score was not below it before:
 * declaring one announces no person who got there earlier.
 */
final class ThresholdWatch {
  /** A threshold that was reached, and how many times so far. */
  record Crossing(Threshold threshold, int number) {}

  /**
   * The effect of a new score.
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
    // The number continues if a threshold is declared again: no event_id is used twice.
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
