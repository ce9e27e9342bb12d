package io.millrace.bench.simulator;

import java.util.List;

/**
 * How much goes wrong, as fractions from 0 to 1.
 *
 * @param repeated of the deliveries, sent again as a whole
 * @param duplicated of the events, sent again in another delivery
 * @param disordered of the records that can be, disordered within the reorder window
 * @param late of the other records that can be, beyond it; needs a reader of events-ordered
 * @param unusable of the deliveries, broken ones beside them that are signed correctly
 * @param forged of the deliveries, requests beside them that must be refused
 * @param forgeries the ways they are forged, in turn
 */
public record FaultRates(
    double repeated,
    double duplicated,
    double disordered,
    double late,
    double unusable,
    double forged,
    List<RequestKind> forgeries) {

  /** What the demo sends. */
  public static final FaultRates DEMO =
      new FaultRates(
          0.04,
          0.03,
          0.2,
          0.08,
          0.008,
          0.04,
          List.of(
              RequestKind.WRONG_SECRET,
              RequestKind.STALE,
              RequestKind.TAMPERED,
              RequestKind.UNKNOWN_SOURCE,
              RequestKind.UNSIGNED,
              RequestKind.PREMATURE));

  public FaultRates {
    for (double rate : new double[] {repeated, duplicated, disordered, late, unusable, forged}) {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("A rate of faults is 0 to 1, not " + rate);
      }
    }
    forgeries = List.copyOf(forgeries);
  }

  /** What one source may send by itself, without anybody watching what comes out. */
  public static FaultRates ofOneSource(double duplicated, double disordered, double forged) {
    return new FaultRates(
        duplicated,
        duplicated,
        disordered,
        0,
        0,
        forged,
        List.of(
            RequestKind.WRONG_SECRET,
            RequestKind.TAMPERED,
            RequestKind.UNSIGNED,
            RequestKind.STALE));
  }
}
