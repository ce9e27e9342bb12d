package io.millrace.bench.ledger;

/**
 * One line of the ledger: what should be and what is.
 *
 * @param expected in words where it is no single number ({@code at least 12})
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
