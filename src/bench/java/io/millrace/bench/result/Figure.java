package io.millrace.bench.result;

import java.util.Optional;

/**
 * One number a benchmark measured.
 *
 * @param subject what was measured: the flow, a role, a reference
 * @param name what about it, with its unit: {@code CPU µs/event}
 * @param value the number
 * @param limit the limit it must meet, if any
 * @param reference the reference it is compared with, if any
 */
public record Figure(
    String subject,
    String name,
    double value,
    Optional<Limit> limit,
    Optional<Reference> reference) {

  /**
   * A bound.
   *
   * @param value the bound itself, in the figure's unit, or of its ratio
   * @param isMost whether it is an upper bound; otherwise a lower one
   * @param ofRatio whether the bound is of the ratio to the reference
   */
  public record Limit(double value, boolean isMost, boolean ofRatio) {}

  /**
   * What a figure is compared with.
   *
   * @param subject what was measured the same way
   * @param value its measured value
   */
  public record Reference(String subject, double value) {}

  public static Figure of(String subject, String name, double value) {
    return new Figure(subject, name, value, Optional.empty(), Optional.empty());
  }

  /** The same figure with an upper limit. */
  public Figure atMost(double most) {
    return new Figure(subject, name, value, Optional.of(new Limit(most, true, false)), reference);
  }

  /** The same figure with a lower limit. */
  public Figure atLeast(double least) {
    return new Figure(subject, name, value, Optional.of(new Limit(least, false, false)), reference);
  }

  /** The same figure with an upper limit of its ratio to the reference. */
  public Figure ratioAtMost(double most) {
    return new Figure(subject, name, value, Optional.of(new Limit(most, true, true)), reference);
  }

  /** The same figure with a lower limit of its ratio to the reference. */
  public Figure ratioAtLeast(double least) {
    return new Figure(subject, name, value, Optional.of(new Limit(least, false, true)), reference);
  }

  /** The same figure, compared with the measurement of something else. */
  public Figure against(Figure other) {
    return new Figure(
        subject, name, value, limit, Optional.of(new Reference(other.subject, other.value)));
  }

  /** Value divided by the reference's; empty without one, or where that is 0. */
  public Optional<Double> ratio() {
    return reference.filter(it -> it.value() != 0).map(it -> value / it.value());
  }

  /** Whether it meets its limit; empty without one, or if there is nothing to compare. */
  public Optional<Boolean> isWithinLimit() {
    return limit.flatMap(
        it -> {
          Optional<Double> judged = it.ofRatio() ? ratio() : Optional.of(value);
          return judged.map(number -> it.isMost() ? number <= it.value() : number >= it.value());
        });
  }
}
