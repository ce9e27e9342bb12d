package io.millrace.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.edge.inspect.InspectedDelivery;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/** Writes deliveries for the operator API; the field names are part of the API. */
final class DeliveryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeliveryJson() {}

  /** Writes a delivery without headers and body, which are not even masked. */
  static ObjectNode summary(InspectedDelivery delivery) {
    InspectedDelivery.Summary summary = delivery.summary();
    InspectedDelivery.Verdict verdict = summary.verdict();
    ObjectNode json = JSON.createObjectNode();
    json.put("id", delivery.id());
    json.put("source", summary.source());
    json.put("received_at", summary.receivedAt().toString());
    json.put("remote_address", summary.remoteAddress());
    json.put("method", summary.method());
    json.put("url", delivery.url().get());
    json.put("outcome", summary.result().label());
    json.put("status", summary.status());
    put(json, "reason", verdict.reason());
    put(json, "explanation", verdict.explanation());
    put(json, "assurance", verdict.assurance());
    put(json, "secret", verdict.secret());
    put(json, "delivery_id", summary.deliveryId());
    json.put("body_bytes", summary.bodyBytes());
    json.put("truncated", summary.truncated());
    return json;
  }

  /** Writes a whole delivery, with the body as text too if it is text. */
  static ObjectNode full(InspectedDelivery delivery) {
    InspectedDelivery.Content content = delivery.content().get();
    ObjectNode json = summary(delivery);
    ObjectNode headers = json.putObject("headers");
    new TreeMap<>(content.headers())
        .forEach(
            (name, values) -> {
              ArrayNode all = headers.putArray(name);
              values.forEach(all::add);
            });
    put(json, "body", text(content.body()));
    json.put("body_base64", Base64.getEncoder().encodeToString(content.body()));
    return json;
  }

  /** Writes null if absent, so that every field is always present. */
  private static void put(ObjectNode json, String name, Optional<String> value) {
    json.put(name, value.orElse(null));
  }

  private static Optional<String> text(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }
}
