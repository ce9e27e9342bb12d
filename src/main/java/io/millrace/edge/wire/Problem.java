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
 * An answer that says no, in the format of RFC 9457.
 *
 * @param detail what happened, to what, and what to do; holds no secret and no expected signature
 * @param source the connected source, where known
 * @param deliveryId the id under which the delivery is known, where it has one
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

  /** The same with a status other than the reason's usual one. */
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
   * What is answered to a method that a path does not take.
   *
   * @param allowed the methods that it takes, separated by commas
   */
  public static Problem methodNotAllowed(String allowed) {
    return of(Reason.METHOD_NOT_ALLOWED, "This path does not take the method; it takes " + allowed)
        .withHeader("Allow", allowed);
  }

  public Problem retryAfter(RetryAfter pause) {
    return withHeader("Retry-After", Long.toString(pause.seconds()));
  }

  /** The rest of the request is not read, so nothing can follow it on its connection. */
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
      throw new IllegalStateException("A tree of plain text did not become JSON", impossible);
    }
  }
}
