package io.millrace.bench.ledger;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.plan.Plan;
import java.util.List;
import java.util.Set;

/**
 * What the simulator sent, by its own account: its plan and its journal.
 *
 * @param unseen requests that were sent although the event they waited for was not seen
 */
public record Sent(Plan plan, List<Attempt> attempts, Set<Integer> unseen) {
  public Sent {
    attempts = List.copyOf(attempts);
    unseen = Set.copyOf(unseen);
  }
}
