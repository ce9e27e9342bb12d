package io.millrace.stack.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The warehouse in PostgreSQL. */
public final class JdbcWarehouse implements Warehouse {
  private final String url;

  /**
   * @param url a JDBC URL that carries user and password where they are needed
   */
  public JdbcWarehouse(String url) {
    this.url = url;
  }

  @Override
  public List<String> ids(String table, String idColumn) {
    try (Connection connection = DriverManager.getConnection(url)) {
      if (!exists(connection, table)) {
        return List.of();
      }
      String column = connection.createStatement().enquoteIdentifier(idColumn, true);
      String from = connection.createStatement().enquoteIdentifier(table, true);
      return texts(connection, "SELECT " + column + "::text FROM " + from);
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "Could not read table " + table + " of the warehouse: " + failure.getMessage(), failure);
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
