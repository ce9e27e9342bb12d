package io.millrace.bench.ledger;

import java.util.List;
import java.util.Map;

/**
 * The ledger of a run.
 *
 * @param expected figures of the run by source, from the simulator's own record
 * @param counted the same figures from the topics
 * @param refusals requests refused, by reason
 * @param totals figures that are not by source
 * @param balances equations over all traffic in the topics, of this and any other run
 * @param mismatches what does not add up; empty if the ledger balances
 * @param notes what differs from the plan, but is correct
 */
public record LedgerReport(
    String run,
    Map<String, SourceCounts> expected,
    Map<String, SourceCounts> counted,
    List<Figure> refusals,
    List<Figure> totals,
    List<Figure> balances,
    List<String> mismatches,
    List<String> notes) {

  public LedgerReport {
    expected = Map.copyOf(expected);
    counted = Map.copyOf(counted);
    refusals = List.copyOf(refusals);
    totals = List.copyOf(totals);
    balances = List.copyOf(balances);
    mismatches = List.copyOf(mismatches);
    notes = List.copyOf(notes);
  }

  public boolean isBalanced() {
    return mismatches.isEmpty();
  }
}
