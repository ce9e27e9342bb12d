package io.millrace.flow.score;

/** The points of a rule per occurrence. */
public sealed interface Points {
  /** The largest number of points per occurrence, positive or negative. */
  double MOST = 1_000_000;

  /** Between plus and minus {@link #MOST}; 0 if an expression has no value. */
  double of(ActivityCounts counts);

  record Fixed(double points) implements Points {
    @Override
    public double of(ActivityCounts counts) {
      return points;
    }
  }

  record Formula(ScoreExpression expression) implements Points {
    @Override
    public double of(ActivityCounts counts) {
      return Math.clamp(expression.number(counts).orElse(0.0), -MOST, MOST);
    }
  }
}
