package io.millrace.bench.simulator.plan;

import java.util.List;

/**
 * The rates of faults, as fractions from 0 to 1.
 *
 * @param repeated of the deliveries, sent again as a whole
 * @param duplicated of the events, sent again in another delivery
 * @param disordered of the records that can be, disordered within the reorder window
 * @param late of the other records that can be, beyond it; needs a reader of events-ordered
 * @param unusable of the deliveries, additional ones with broken bodies that are signed correctly
 * @param forged of the deliveries, additional requests that must be refused
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

  /** The faults of the demo. */
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
        throw new IllegalArgumentException("A fault rate must be from 0 to 1, not " + rate);
      }
    }
    forgeries = List.copyOf(forgeries);
  }

  /** The faults that one source can send without watching the results. */
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
