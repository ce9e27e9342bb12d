package io.millrace.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code GET /health/ready}: every check by name; 200 if all pass, otherwise 503. */
final class AnswerReadiness implements Handler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ReadinessCheck> checks;

  AnswerReadiness(Map<String, ReadinessCheck> checks) {
    this.checks = Collections.unmodifiableMap(new TreeMap<>(checks));
  }

  @Override
  public void handle(Context context) {
    ObjectNode states = JSON.createObjectNode();
    boolean ready = true;
    for (Map.Entry<String, ReadinessCheck> check : checks.entrySet()) {
      Optional<String> trouble = trouble(check.getValue());
      ready &= trouble.isEmpty();
      states.put(check.getKey(), trouble.orElse("ready"));
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.put("status", ready ? "ready" : "not ready");
    answer.set("checks", states);
    context
        .status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .contentType("application/json")
        .result(answer.toString());
  }

  /** A check that throws counts as failed; the others are still reported. */
  private static Optional<String> trouble(ReadinessCheck check) {
    try {
      return check.trouble();
    } catch (RuntimeException failure) {
      return Optional.of("The check itself failed: " + failure);
    }
  }
}
