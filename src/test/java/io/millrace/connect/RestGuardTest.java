package io.millrace.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestGuardTest {
  private static final String HERE = "127.0.0.1:8083";

  private final RestGuard guard = new RestGuard();

  RestGuardTest() {
    guard.configure(Map.of(RestGuard.PASSWORD, "open:sesame", RestGuard.HOSTS, "connect, c-2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HERE,
        "127.0.0.1",
        "localhost:1",
        "LOCALHOST",
        "[::1]:8083",
        "connect:8083",
        "C-2"
      })
  void answersByItsOwnNames(String host) {
    assertThat(status("GET", "connectors", host, "")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8083",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "127.0.0.1, evil.example",
        "evil.example:127.0.0.1",
        "connect.evil.example",
        "0.0.0.0:8083",
        ""
      })
  void refusesOtherNamesEvenWithThePassword(String host) {
    assertThat(status("GET", "connectors", host, "")).isEqualTo(421);
    assertThat(status("PUT", "connectors/x/config", host, basic("m:open:sesame"))).isEqualTo(421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST connectors",
        "PUT connectors/x/config",
        "PATCH connectors/x/config",
        "DELETE connectors/x",
        "POST connectors/x/restart",
        "PUT connectors/x/pause",
        "PUT connector-plugins/JdbcSinkConnector/config/validate",
        "PUT admin/loggers/root",
        "POST connectors/x/tasks/0/restart",
        "DELETE connectors/x/offsets"
      })
  void requiresThePasswordForChanges(String request) {
    String method = request.split(" ", 2)[0];
    String path = request.split(" ", 2)[1];

    assertThat(status(method, path, HERE, "")).isEqualTo(401);
    assertThat(status(method, path, HERE, basic("millrace:wrong"))).isEqualTo(401);
    assertThat(status(method, path, HERE, basic("open:sesame"))).isEqualTo(401);
    assertThat(status(method, path, HERE, "Bearer open:sesame")).isEqualTo(401);
    assertThat(status(method, path, HERE, "Basic ???")).isEqualTo(401);
    assertThat(status(method, path, HERE, basic("millrace:open:sesame"))).isEqualTo(200);
  }

  @Test
  void leavesRequestsAmongWorkersToTheirSignature() {
    assertThat(status("POST", "connectors/x/tasks", HERE, "")).isEqualTo(200);
    assertThat(status("PUT", "connectors/x/fence", HERE, "")).isEqualTo(200);
  }

  @Test
  void saysInItsAnswerWhatIsMissing() {
    Response refused = guard.refusal("POST", "connectors", HERE, "").orElseThrow();

    assertThat(String.valueOf(refused.getEntity())).contains("millrace.rest.password");
    assertThat(refused.getHeaderString("WWW-Authenticate")).startsWith("Basic");
  }

  @Test
  void doesNotStartWithoutAPassword() {
    assertThatThrownBy(() -> new RestGuard().configure(Map.of(RestGuard.PASSWORD, " ")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("millrace.rest.password is empty");
  }

  private int status(String method, String path, String host, String authorization) {
    return guard.refusal(method, path, host, authorization).map(Response::getStatus).orElse(200);
  }

  private static String basic(String userAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
  }
}
