package io.millrace.stack.ledger;

import java.util.List;

/** The tables the topics are copied to. */
public interface Warehouse {

  /**
   * The id of every row of a table; empty if the table does not exist yet.
   *
   * @param idColumn the column that identifies a row
   */
  List<String> ids(String table, String idColumn);
}
