package io.millrace.app;

import io.millrace.config.Config;
import io.millrace.erasure.WarehouseRows;
import io.millrace.flow.erase.ErasedPerson;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The warehouse as the command erase reaches it, if it does. */
public final class ErasureWarehouse {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:(\\w+)}");

  private ErasureWarehouse() {}

  /**
   * Deletes a person's rows.
   *
   * @return the number of rows by table; empty if no password for it is known here
   * @throws SQLException when it cannot be reached or refuses
   */
  public static Optional<Map<String, Integer>> delete(
      Config.Warehouse warehouse, ErasedPerson person) throws SQLException {
    Optional<String> password = password(warehouse.password(), System::getenv);
    if (password.isEmpty()) {
      return Optional.empty();
    }
    try (Connection connection =
        DriverManager.getConnection(warehouse.jdbcUrl(), warehouse.user(), password.get())) {
      return Optional.of(WarehouseRows.delete(connection, person));
    }
  }

  /** The password, if its reference is to an environment variable that this process has, too. */
  static Optional<String> password(String reference, Environment environment) {
    Matcher variable = VARIABLE.matcher(reference);
    return variable.matches()
        ? Optional.ofNullable(environment.value(variable.group(1))).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  /** The variables of a process. */
  @FunctionalInterface
  interface Environment {
    @Nullable String value(String name);
  }
}
