package io.millrace.bench.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The warehouse in PostgreSQL. */
public final class JdbcWarehouse implements Warehouse {
  private final String url;

  /**
   * @param url a JDBC URL, with user and password if they are needed
   */
  public JdbcWarehouse(String url) {
    this.url = url;
  }

  @Override
  public List<String> ids(String table, List<String> idColumns) {
    try (Connection connection = DriverManager.getConnection(url)) {
      if (!exists(connection, table)) {
        return List.of();
      }
      return texts(connection, query(connection, table, idColumns));
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "Cannot read table " + table + " of the warehouse: " + failure.getMessage(), failure);
    }
  }

  private static String query(Connection connection, String table, List<String> idColumns)
      throws SQLException {
    try (Statement quoting = connection.createStatement()) {
      List<String> columns = new ArrayList<>();
      for (String column : idColumns) {
        columns.add(quoting.enquoteIdentifier(column, true));
      }
      return "SELECT concat_ws('/', %s) FROM %s"
          .formatted(String.join(", ", columns), quoting.enquoteIdentifier(table, true));
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, table);
      try (ResultSet answer = query.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
