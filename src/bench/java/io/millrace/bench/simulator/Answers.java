package io.millrace.bench.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.life.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/** Parses the edge's answers. */
final class Answers {
  private Answers() {}

  static Attempt.Answer of(HttpResponse<String> response, Instant at) {
    JsonNode body = json(response.body());
    boolean accepted = response.statusCode() >= 200 && response.statusCode() < 300;
    Optional<String> deliveryId =
        body.hasNonNull("delivery_id")
            ? Optional.of(body.path("delivery_id").asText())
            : Optional.empty();
    String reason = accepted ? "" : body.path("reason").asText("");
    return new Attempt.Answer(at, response.statusCode(), reason, deliveryId);
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException notJson) {
      return Json.object();
    }
  }
}
