package io.millrace.flow.score;

import io.millrace.event.Contribution;
import java.util.List;

/**
 * A person's score in one model.
 *
 * @param model name and version of the model
 * @param contributions sorted by rule
 * @param reached names of the thresholds the score is not below, sorted
 */
record ModelScore(String model, int score, List<Contribution> contributions, List<String> reached) {
  ModelScore {
    contributions = List.copyOf(contributions);
    reached = List.copyOf(reached);
  }

  /** Whether readers would act differently on the other score. */
  boolean differsFrom(ModelScore other) {
    return score != other.score || !reached.equals(other.reached);
  }
}
