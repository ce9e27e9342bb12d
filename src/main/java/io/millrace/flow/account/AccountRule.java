package io.millrace.flow.account;

import java.math.BigDecimal;
import java.util.Optional;

/** A rule of an account's score. */
sealed interface AccountRule {
  String name();

  /** The rule never adds or subtracts more than this. */
  Optional<Double> cap();

  /** Points for each person whom a condition holds for. */
  record People(String name, PersonCondition condition, double points, Optional<Double> cap)
      implements AccountRule {}

  /** Points that the people's scores give together. */
  record Scores(String name, Take take, double factor, Optional<Double> cap)
      implements AccountRule {}

  /** What is taken from the scores of an account's people. */
  enum Take {
    HIGHEST,
    SUM,
    AVERAGE
  }

  /** Points within the cap. */
  default BigDecimal capped(BigDecimal points) {
    return cap()
        .map(BigDecimal::valueOf)
        .map(most -> points.min(most).max(most.negate()))
        .orElse(points);
  }
}
