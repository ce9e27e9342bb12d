package io.millrace.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** An answer of the operator API that says no, in the format of RFC 9457. */
final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpStatus status;
  private final String detail;

  /**
   * @param detail what happened and what to do
   */
  ApiProblem(HttpStatus status, String detail) {
    // An answer, not a fault: no stack trace.
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  static ApiProblem badParameter(String name, String given, String allowed) {
    return new ApiProblem(
        HttpStatus.BAD_REQUEST,
        "The parameter " + name + " is '" + given + "'; it has to be " + allowed);
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
