package io.millrace.flow.score;

import io.millrace.event.ScoreComparison;

/** What is new about where two models differ on a person. */
public sealed interface Compared {

  /** Nothing. */
  record NothingNew() implements Compared {}

  /** They differ, and something about it is new. */
  record Differ(ScoreComparison comparison) implements Compared {}

  /** They differed until now. */
  record AgreeAgain() implements Compared {}
}
