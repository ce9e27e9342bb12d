package io.millrace.bench.ledger;

import java.util.List;
import java.util.Set;

/**
 * A warehouse table and the topic it is filled from.
 *
 * @param committed ids the topic has committed: every fact, or every key whose latest value is not
 *     a tombstone
 * @param stored the id of every row
 */
public record TableRows(String table, Set<String> committed, List<String> stored) {
  public TableRows {
    committed = Set.copyOf(committed);
    stored = List.copyOf(stored);
  }
}
