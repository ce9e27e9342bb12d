package io.millrace.flow.score;

import io.millrace.event.ScoreComparison;

/** The change in how two models differ on a person. */
public sealed interface ComparisonResult {

  /** No change. */
  record NothingNew() implements ComparisonResult {}

  /** They differ, and the difference has changed. */
  record Differ(ScoreComparison comparison) implements ComparisonResult {}

  /** They differed until now. */
  record AgreeAgain() implements ComparisonResult {}
}
