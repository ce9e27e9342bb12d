package io.millrace.bench.ledger;

/**
 * One line of the ledger: an expected and an actual figure.
 *
 * @param expected a number, or a condition in words ({@code at least 12})
 * @param holds whether the two agree
 */
public record Figure(String name, String expected, String counted, boolean holds) {

  static Figure equal(String name, long expected, long counted) {
    return new Figure(name, Long.toString(expected), Long.toString(counted), expected == counted);
  }

  static Figure atLeast(String name, long expected, long counted) {
    return new Figure(name, "at least " + expected, Long.toString(counted), counted >= expected);
  }
}
