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
 *
 * <p>When identifiers move between people, a threshold that a person had reached counts as reached
 * at the person they leave and at the one they join, whatever the scores, until one of them does
 * something. So the parts of a person that is joined with another arrive in any order without a
 * second announcement. After that the score decides as always: someone who was split from the
 * person and is below the value at which it can be reached again, can reach it.
 */
public final class ThresholdWatch {
  /** A threshold that was reached, and how many times so far. */
  public record Crossing(Threshold threshold, int number) {}

  /**
   * The effect of a new score.
   *
   * @param memory by threshold, to remember from now on
   * @param crossings the lowest threshold first
   */
  public record Seen(Map<String, ThresholdMemory> memory, List<Crossing> crossings) {}

  private final List<Threshold> thresholds;

  public ThresholdWatch(List<Threshold> thresholds) {
    this.thresholds = thresholds;
  }

  /** Compares a score with the one before. */
  public Seen see(Map<String, ThresholdMemory> before, int previousScore, int score) {
    Map<String, ThresholdMemory> after = undeclared(before);
    List<Crossing> crossings = new ArrayList<>();
    for (Threshold threshold : thresholds) {
      int number = number(before, threshold);
      boolean reached =
          wasReached(before, threshold, previousScore) && previousScore >= threshold.again();
      if (!reached && score >= threshold.at()) {
        number++;
        crossings.add(new Crossing(threshold, number));
      }
      boolean stays = score >= threshold.at() || (reached && score >= threshold.again());
      after.put(threshold.name(), memory(number, stays));
    }
    return new Seen(after, crossings);
  }

  /**
   * The effect of an identifier that joins.
   *
   * @param elsewhere the thresholds that the person it comes from had reached
   */
  Seen join(
      Map<String, ThresholdMemory> before,
      int previousScore,
      int score,
      Map<String, Boolean> elsewhere) {
    Map<String, ThresholdMemory> after = undeclared(before);
    List<Crossing> crossings = new ArrayList<>();
    for (Threshold threshold : thresholds) {
      int number = number(before, threshold);
      boolean reached =
          wasReached(before, threshold, previousScore)
              || elsewhere.getOrDefault(threshold.name(), false);
      if (!reached && score >= threshold.at()) {
        number++;
        crossings.add(new Crossing(threshold, number));
      }
      after.put(threshold.name(), memory(number, reached || score >= threshold.at()));
    }
    return new Seen(after, crossings);
  }

  /**
   * What to remember after an identifier has left: nothing is announced, even if it was a burden.
   */
  Map<String, ThresholdMemory> depart(Map<String, ThresholdMemory> before, int previousScore) {
    Map<String, ThresholdMemory> after = undeclared(before);
    for (Threshold threshold : thresholds) {
      boolean reached = wasReached(before, threshold, previousScore);
      after.put(threshold.name(), memory(number(before, threshold), reached));
    }
    return after;
  }

  /** The thresholds that are reached, for the next person of an identifier. */
  static Map<String, Boolean> reached(Map<String, ThresholdMemory> memory) {
    Map<String, Boolean> reached = new TreeMap<>();
    memory.forEach(
        (name, state) ->
            state.getReached().filter(is -> is).ifPresent(is -> reached.put(name, is)));
    return reached;
  }

  /** What remains of a person whom nothing belongs to. */
  static Map<String, ThresholdMemory> onlyNumbers(Map<String, ThresholdMemory> memory) {
    Map<String, ThresholdMemory> numbers = new TreeMap<>();
    memory.forEach(
        (name, state) -> {
          if (state.getCrossings() > 0) {
            numbers.put(name, memory(state.getCrossings(), null));
          }
        });
    return numbers;
  }

  /** The number continues if a threshold is declared again: no event_id is used twice. */
  private static Map<String, ThresholdMemory> undeclared(Map<String, ThresholdMemory> before) {
    Map<String, ThresholdMemory> after = new TreeMap<>();
    before.forEach((name, memory) -> after.put(name, memory(memory.getCrossings(), null)));
    return after;
  }

  private static int number(Map<String, ThresholdMemory> before, Threshold threshold) {
    ThresholdMemory memory = before.get(threshold.name());
    return memory == null ? 0 : memory.getCrossings();
  }

  private static boolean wasReached(
      Map<String, ThresholdMemory> before, Threshold threshold, int previousScore) {
    return Optional.ofNullable(before.get(threshold.name()))
        .flatMap(ThresholdMemory::getReached)
        .orElse(previousScore >= threshold.at());
  }

  private static ThresholdMemory memory(int crossings, @Nullable Boolean reached) {
    return new ThresholdMemory(crossings, reached);
  }
}
