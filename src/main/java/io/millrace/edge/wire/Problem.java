package io.millrace.edge.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.HttpStatus;
import io.millrace.model.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A refusal or failure as an HTTP answer, in the format of RFC 9457.
 *
 * @param detail what happened, to what, and what to do; never contains a secret or an expected
 *     signature
 * @param source the connected source, if known
 * @param deliveryId the id of the delivery, if it has one
 * @param headers further response headers
 */
public record Problem(
    Reason reason,
    int status,
    String detail,
    Optional<String> source,
    Optional<String> deliveryId,
    Map<String, String> headers) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Problem {
    headers = Map.copyOf(headers);
  }

  public static Problem of(Reason reason, String detail) {
    return new Problem(
        reason, reason.httpStatus(), detail, Optional.empty(), Optional.empty(), Map.of());
  }

  /** A copy with a status other than the default one of its reason. */
  Problem withStatus(int other) {
    return new Problem(reason, other, detail, source, deliveryId, headers);
  }

  public Problem at(String connectedSource) {
    return new Problem(reason, status, detail, Optional.of(connectedSource), deliveryId, headers);
  }

  public Problem ofDelivery(String id) {
    return new Problem(reason, status, detail, source, Optional.of(id), headers);
  }

  public Problem withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Problem(reason, status, detail, source, deliveryId, more);
  }

  /**
   * Makes the answer to a method that a path does not support.
   *
   * @param allowed the methods it supports, separated by commas
   */
  public static Problem methodNotAllowed(String allowed) {
    return of(Reason.METHOD_NOT_ALLOWED, "This path does not support the method; use " + allowed)
        .withHeader("Allow", allowed);
  }

  public Problem retryAfter(RetryAfter pause) {
    return withHeader("Retry-After", Long.toString(pause.seconds()));
  }

  /** Closes the connection: the rest of the request is not read, so no other can follow it. */
  public Problem closingConnection() {
    return withHeader("Connection", "close");
  }

  public ProblemException toException() {
    return new ProblemException(this);
  }

  byte[] toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", "about:blank");
    json.put("title", HttpStatus.forStatus(status).getMessage());
    json.put("status", status);
    json.put("detail", detail);
    json.put("reason", reason.name());
    source.ifPresent(name -> json.put("source", name));
    deliveryId.ifPresent(id -> json.put("delivery_id", id));
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(
          "A tree of plain text could not be written as JSON", impossible);
    }
  }
}
