package io.millrace.erasure;

import io.millrace.event.RecordRef;
import io.millrace.flow.erase.ErasedPerson;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a person in the warehouse. Tables that follow a compacted topic lose theirs by its
 * tombstones; this is about those that only ever grow.
 */
public final class WarehouseRows {
  private static final String OF_RECORD = "((record->>'type') || '/' || (record->>'id')) = ANY(?)";
  private static final String OF_PERSON = "person = ANY(?)";

  /** The condition for a person's rows by table; each has one parameter. */
  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put(
        "events_ordered",
        OF_RECORD.replace("= ANY(?)", "= ANY(ids.wanted)")
            + " OR (person->>'key') = ANY(ids.wanted) OR (person->>'id') = ANY(ids.wanted)");
    TABLES.put("stages_changed", OF_RECORD);
    TABLES.put("engagement_batches", OF_PERSON);
    TABLES.put("signals_detected", OF_PERSON);
    TABLES.put("lead_scores_changed", OF_PERSON);
  }

  private WarehouseRows() {}

  /** The tables. */
  public static List<String> tables() {
    return List.copyOf(TABLES.keySet());
  }

  /** The ids and keys of records under which the tables have rows of a person. */
  public static List<String> keys(ErasedPerson person) {
    List<String> keys = new ArrayList<>(person.identifierIds());
    person.identifierIds().forEach(id -> keys.add("person/" + id));
    for (RecordRef record : person.records()) {
      keys.add(record.getType() + '/' + record.getId());
    }
    return keys;
  }

  /** A statement for an operator; its only parameter are the keys. */
  public static String statement(String table) {
    String condition = TABLES.getOrDefault(table, OF_PERSON);
    return "DELETE FROM %s USING (SELECT ?::text[] AS wanted) AS ids WHERE %s"
        .formatted(table, condition.replace("ANY(?)", "ANY(ids.wanted)"));
  }

  /**
   * Deletes the rows, in one transaction per table.
   *
   * @return how many rows there were, by table; tables that do not exist are left out
   * @throws SQLException when the warehouse cannot be reached or refuses
   */
  public static Map<String, Integer> delete(Connection warehouse, ErasedPerson person)
      throws SQLException {
    Map<String, Integer> deleted = new LinkedHashMap<>();
    Array keys = warehouse.createArrayOf("text", keys(person).toArray());
    for (String table : TABLES.keySet()) {
      if (exists(warehouse, table)) {
        try (PreparedStatement delete = warehouse.prepareStatement(statement(table))) {
          delete.setArray(1, keys);
          deleted.put(table, delete.executeUpdate());
        }
      }
    }
    return deleted;
  }

  private static boolean exists(Connection warehouse, String table) throws SQLException {
    try (PreparedStatement query =
        warehouse.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, table);
      try (ResultSet answer = query.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }
}
