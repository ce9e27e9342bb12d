package io.millrace.flow.score;

import io.millrace.yaml.Section;
import java.util.Optional;

/** Between which numbers the scores of a model are: {@code min} and {@code max} in its file. */
public record ScoreRange(int min, int max) {
  private static final int MOST = 1_000_000;

  /** Reads both, and reports a range without numbers in it. */
  public static ScoreRange read(Section file) {
    Optional<Integer> min = file.require("min", "0").integer("min", -MOST, MOST);
    Optional<Integer> max = file.require("max", "100").integer("max", -MOST, MOST);
    if (min.isPresent() && max.isPresent() && min.get() >= max.get()) {
      file.fault(
          "max", "max, " + max.get() + ", is not greater than min, " + min.get(), "raise it");
    }
    return new ScoreRange(min.orElse(-MOST), max.orElse(MOST));
  }
}
