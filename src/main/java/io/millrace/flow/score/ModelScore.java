package io.millrace.flow.score;

import io.millrace.event.Contribution;
import java.util.List;

/**
 * What a model makes of a person.
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

  /** Whether somebody would act otherwise on the other. */
  boolean differsFrom(ModelScore other) {
    return score != other.score || !reached.equals(other.reached);
  }
}
