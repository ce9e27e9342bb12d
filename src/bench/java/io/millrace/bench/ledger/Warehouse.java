package io.millrace.bench.ledger;

import java.util.List;

/** The tables the topics are copied to. */
public interface Warehouse {

  /**
   * The id of every row of a table; empty if the table does not exist yet.
   *
   * @param idColumns the columns that together identify a row; their values are joined by /
   */
  List<String> ids(String table, List<String> idColumns);
}
