package io.millrace.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** A refusal of the operator API, in the format of RFC 9457. */
final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpStatus status;
  private final String detail;

  /**
   * @param detail what happened and what to do
   */
  ApiProblem(HttpStatus status, String detail) {
    // No stack trace: this is an answer, not a fault.
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  static ApiProblem badParameter(String name, String given, String allowed) {
    return new ApiProblem(
        HttpStatus.BAD_REQUEST,
        "The parameter " + name + " is '" + given + "', but has to be " + allowed);
  }

  void answer(Context context) {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", "about:blank");
    json.put("title", status.getMessage());
    json.put("status", status.getCode());
    json.put("detail", detail);
    context.status(status).result(json.toString()).contentType("application/problem+json");
  }
}
