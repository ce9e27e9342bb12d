package io.millrace.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What another user of the machine tries: they reach every port, but own nothing. */
record OtherUsers(StackEndpoints endpoints, Path data) {
  private static final String CONFIG = "/connectors/warehouse-records/config";
  private static final String VALIDATE =
      "/connector-plugins/io.debezium.connector.jdbc.JdbcSinkConnector/config/validate";

  void areKeptOut() throws Exception {
    postgresAsksForPasswords();
    dataIsClosed();
    passwordsAreOnNoCommandLine();
    connectGivesOutNoPassword();
    connectObeysNobodyElse();
    connectAnswersToItsOwnNameOnly();
  }

  private void postgresAsksForPasswords() throws IOException {
    Set<String> passwords = new HashSet<>(Set.of("", "millrace", "postgres", "registry"));
    for (String user : List.of("postgres", "millrace", "registry")) {
      for (String database : List.of("postgres", "template1", "warehouse", "registry")) {
        passwords.forEach(password -> refuses(user, database, password));
      }
    }
    refuses("postgres", "postgres", endpoints.jdbcPassword());
    assertThat(Files.readString(data.resolve("postgres/pg_hba.conf")).lines())
        .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
        .isNotEmpty()
        .allMatch(line -> line.strip().endsWith("scram-sha-256"));
  }

  private void refuses(String user, String database, String password) {
    String url = endpoints.jdbcUrl().replaceFirst("/[^/]*$", "/" + database);
    assertThatThrownBy(() -> DriverManager.getConnection(url, user, password).close())
        .as("%s with password '%s'", user, password)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  private void dataIsClosed() throws IOException {
    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(endpoints.secrets())).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(endpoints.secrets())) {
      assertThat(files.toList())
          .hasSize(6)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void passwordsAreOnNoCommandLine() throws IOException {
    StackSecrets secrets = StackSecrets.at(endpoints.secrets());
    List<String> passwords =
        List.of(secrets.superuser(), secrets.warehouse(), secrets.registry(), secrets.connect());
    assertThat(passwords).doesNotHaveDuplicates().allMatch(password -> password.length() >= 32);
    List<String> commands = new ArrayList<>();
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      Path command = Path.of("/proc", Long.toString(child.pid()), "cmdline");
      if (Files.exists(command)) {
        commands.add(Files.readString(command));
      }
    }
    assertThat(commands).noneMatch(command -> passwords.stream().anyMatch(command::contains));
    assertThat(endpoints.psqlUrl()).doesNotContain(passwords);
  }

  private void connectGivesOutNoPassword() throws Exception {
    String shown = ask("GET", CONFIG, "", "127.0.0.1");
    assertThat(shown).startsWith("HTTP/1.1 200").contains("connection.password", "${file:");
    assertThat(shown).doesNotContain(endpoints.jdbcPassword());
    assertThat(ask("GET", "/connectors?expand=info", "", "127.0.0.1"))
        .doesNotContain(endpoints.jdbcPassword());
  }

  private void connectObeysNobodyElse() throws Exception {
    String reference = endpoints.jdbcPasswordReference();
    // Connect fills in the reference and would show the result as the value of the user.
    String asks =
        "{\"connector.class\":\"io.debezium.connector.jdbc.JdbcSinkConnector\",\"topics\":\"a\","
            + "\"connection.url\":\"jdbc:postgresql://127.0.0.1/x\",\"tasks.max\":\""
            + reference
            + "\",\"connection.username\":\""
            + reference
            + "\"}";
    assertThat(ask("PUT", VALIDATE, asks, "127.0.0.1"))
        .startsWith("HTTP/1.1 401")
        .doesNotContain(endpoints.jdbcPassword());
    assertThat(ask("PUT", "/connectors/evil/config", asks, "127.0.0.1"))
        .startsWith("HTTP/1.1 401")
        .doesNotContain(endpoints.jdbcPassword());
    assertThat(ask("POST", "/connectors/warehouse-records/restart", "", "127.0.0.1"))
        .startsWith("HTTP/1.1 401");
    assertThat(ask("DELETE", "/connectors/warehouse-records", "", "127.0.0.1"))
        .startsWith("HTTP/1.1 401");
  }

  private void connectAnswersToItsOwnNameOnly() throws Exception {
    assertThat(ask("GET", CONFIG, "", "evil.example")).startsWith("HTTP/1.1 421");
    assertThat(ask("GET", "/", "", "evil.example:80")).startsWith("HTTP/1.1 421");
    assertThat(ask("GET", "http://evil.example" + CONFIG, "", "evil.example"))
        .startsWith("HTTP/1.1 421");
  }

  /** By hand, because Java's client does not let anybody choose the Host header. */
  private String ask(String method, String target, String body, String host) throws Exception {
    URI connect = URI.create(endpoints.connectUrl());
    try (Socket socket = new Socket(connect.getHost(), connect.getPort())) {
      String request =
          Stream.of(
                  method + " " + target + " HTTP/1.1",
                  "Host: " + host,
                  "Connection: close",
                  "Content-Type: application/json",
                  "Content-Length: " + body.length(),
                  "",
                  body)
              .collect(Collectors.joining("\r\n"));
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
