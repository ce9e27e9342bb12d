package io.millrace.bench.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL: the warehouse, and the schema registry's storage. It listens on the loopback
 * interface only, and every role needs its password: other users of the machine can connect, too.
 */
final class Warehouse implements Part {
  static final String DATABASE = "warehouse";
  static final String USER = "millrace";
  static final String REGISTRY = "registry";

  private final Path directory;
  private final Path log;
  private final StackSettings settings;
  private final StackSecrets secrets;
  private final Children children;
  private Optional<EmbeddedPostgres> server = Optional.empty();

  Warehouse(
      Path directory, Path log, StackSettings settings, StackSecrets secrets, Children children) {
    this.directory = directory;
    this.log = log;
    this.settings = settings;
    this.secrets = secrets;
    this.children = children;
  }

  @Override
  public String title() {
    return "PostgreSQL server";
  }

  @Override
  public void start() throws IOException, SQLException {
    EmbeddedPostgres started =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(settings.parts().resolve("postgres").toFile())
            .setPort(settings.warehousePort())
            // These are passed to initdb, after the library's own "-A trust", which they override:
            // the server never runs a moment without passwords.
            .setLocaleConfig("auth", "scram-sha-256")
            .setLocaleConfig("pwfile", secrets.superuserFile().toString())
            .setConnectConfig("password", secrets.superuser())
            .setPGStartupWait(Duration.ofSeconds(60))
            // The library starts it without fsync, for tests; schemas must survive a power cut.
            .setServerConfig("fsync", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "''")
            .setServerConfig("max_connections", "50")
            .setDataDirectoryCustomizer(ignored -> forgetDeadPostmaster())
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setErrorRedirector(Redirect.appendTo(log.toFile()))
            .start();
    server = Optional.of(started);
    postmaster().ifPresent(children::add);
    prepare(started);
  }

  /**
   * After a kill, its process id may belong to another process, and PostgreSQL would refuse to
   * start.
   */
  private void forgetDeadPostmaster() {
    boolean alive =
        postmaster()
            .flatMap(process -> process.info().command())
            .filter(command -> command.endsWith("postgres"))
            .isPresent();
    if (!alive) {
      try {
        Files.deleteIfExists(directory.resolve("postmaster.pid"));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private Optional<ProcessHandle> postmaster() {
    Path file = directory.resolve("postmaster.pid");
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      return lines.stream()
          .findFirst()
          .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void prepare(EmbeddedPostgres server) throws IOException, SQLException {
    Map<String, String> password = Map.of("password", secrets.superuser());
    try (Connection connection = server.getPostgresDatabase(password).getConnection();
        Statement statement = connection.createStatement()) {
      createRole(statement, USER, secrets.warehouse());
      createRole(statement, REGISTRY, secrets.registry());
      createDatabase(statement, DATABASE, USER);
      createDatabase(statement, REGISTRY, REGISTRY);
    }
  }

  private static void createRole(Statement statement, String name, String password)
      throws SQLException {
    if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'")) {
      statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
    }
  }

  private static void createDatabase(Statement statement, String name, String owner)
      throws SQLException {
    if (isMissing(statement, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, owner));
    }
  }

  private static boolean isMissing(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      return !found.next();
    }
  }

  @Override
  public void stop() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
    // A server that did not start, or did not stop within the library's five seconds.
    postmaster().ifPresent(ProcessHandle::destroyForcibly);
  }
}
