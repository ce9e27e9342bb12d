package io.millrace.edge.wire;

import io.millrace.model.Reason;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that are refused before any route is reached, because they are not valid HTTP.
 * Every answer but that to an unknown coding is a 4xx, because a 5xx would make the sender retry
 * the same bytes.
 */
public final class JettyProblems implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    boolean senders = HttpStatus.isClientError(status) || status == HttpStatus.NOT_IMPLEMENTED_501;
    Problem problem =
        Problem.of(Reason.MALFORMED, detail(status))
            .withStatus(senders ? status : HttpStatus.BAD_REQUEST_400);
    Answers.problem(response, problem, callback);
    return true;
  }

  private static String detail(int status) {
    return switch (status) {
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          "The headers exceed the limit of the edge; send fewer or shorter ones";
      case HttpStatus.URI_TOO_LONG_414 ->
          "The URL is longer than the edge accepts; send a shorter one";
      case HttpStatus.NOT_IMPLEMENTED_501 ->
          "The Transfer-Encoding is none that the edge decodes; send the body whole, or chunked";
      default ->
          "This is not a valid HTTP/1.1 request; check its request line, headers and framing";
    };
  }
}
