package io.millrace.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/** Deliveries as the operator API shows them; the names of the fields are part of the API. */
final class DeliveryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeliveryJson() {}

  /** Without headers and body. */
  static ObjectNode summary(SeenDelivery delivery, SeenDelivery.Content content) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", delivery.id());
    json.put("source", delivery.source());
    json.put("received_at", delivery.receivedAt().toString());
    json.put("remote_address", delivery.remoteAddress());
    json.put("method", delivery.method());
    json.put("url", content.url());
    json.put("outcome", delivery.outcome());
    json.put("status", delivery.status());
    put(json, "reason", delivery.verdict().reason());
    put(json, "explanation", delivery.verdict().explanation());
    put(json, "assurance", delivery.verdict().assurance());
    put(json, "secret", delivery.verdict().secret());
    put(json, "delivery_id", delivery.deliveryId());
    json.put("body_bytes", delivery.bodyBytes());
    json.put("truncated", delivery.truncated());
    return json;
  }

  /** With everything; the body as text too if it is any. */
  static ObjectNode full(SeenDelivery delivery) {
    SeenDelivery.Content content = delivery.content().get();
    ObjectNode json = summary(delivery, content);
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

  /** Absent is null, so that a field is always there. */
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
