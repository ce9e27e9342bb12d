package io.millrace.stack.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** The lines of a journal, written and read. */
final class JournalLines {
  private JournalLines() {}

  static ObjectNode run(Run run) {
    ObjectNode line = Json.object();
    line.put("line", "run");
    line.put("number", run.number());
    line.put("seed", run.seed());
    line.put("events", run.events());
    line.put("started_at", run.startedAt().toString());
    return line;
  }

  static Run run(JsonNode line) {
    return Run.numbered(
        line.path("number").asInt(),
        line.path("seed").asLong(),
        line.path("events").asInt(),
        Instant.parse(line.path("started_at").asText()));
  }

  static ObjectNode trying(Attempt attempt) {
    ObjectNode line = Json.object();
    line.put("line", "trying");
    line.put("request", attempt.request());
    line.put("attempt", attempt.number());
    line.put("at", attempt.sentAt().toString());
    return line;
  }

  static Attempt trying(JsonNode line) {
    return new Attempt(
        line.path("request").asInt(), line.path("attempt").asInt(), at(line), Optional.empty());
  }

  static ObjectNode answered(Attempt attempt, Attempt.Answer answer) {
    ObjectNode line = Json.object();
    line.put("line", "answered");
    line.put("request", attempt.request());
    line.put("attempt", attempt.number());
    line.put("at", answer.at().toString());
    line.put("status", answer.status());
    line.put("reason", answer.reason());
    answer.deliveryId().ifPresent(id -> line.put("delivery_id", id));
    return line;
  }

  static Attempt.Answer answer(JsonNode line) {
    return new Attempt.Answer(
        at(line),
        line.path("status").asInt(),
        line.path("reason").asText(),
        line.hasNonNull("delivery_id")
            ? Optional.of(line.path("delivery_id").asText())
            : Optional.empty());
  }

  static ObjectNode unseen(int request) {
    return Json.object().put("line", "unseen").put("request", request);
  }

  static ObjectNode end(Instant at) {
    return Json.object().put("line", "end").put("at", at.toString());
  }

  private static Instant at(JsonNode line) {
    return Instant.parse(line.path("at").asText());
  }
}
