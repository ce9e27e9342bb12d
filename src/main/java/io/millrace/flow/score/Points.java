package io.millrace.flow.score;

/** What a rule gives each time. */
public sealed interface Points {
  /** The most a rule gives or takes at a time. */
  double MOST = 1_000_000;

  /** Between {@link #MOST} either way; 0 where an expression has no number. */
  double of(ActivityCounts counts);

  /** Always the same. */
  record Fixed(double points) implements Points {
    @Override
    public double of(ActivityCounts counts) {
      return points;
    }
  }

  /** As many as an expression says. */
  record Formula(ScoreExpression expression) implements Points {
    @Override
    public double of(ActivityCounts counts) {
      return Math.clamp(expression.number(counts).orElse(0.0), -MOST, MOST);
    }
  }
}
