package io.millrace.edge.wire;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what HTTP allows but no sender uses: very many headers, encoded framing, and paths that
 * the edge, a proxy in front of it and a sender's signature could each interpret differently.
 */
final class StrictRequests extends Handler.Wrapper {
  private static final int MAX_HEADERS = 200;

  /** Dot segments, empty segments, and parameters of a segment. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("//|;|/(?:\\.|%2e){1,2}(?:/|$)", Pattern.CASE_INSENSITIVE);

  private static final Pattern ESCAPED_SOURCE = Pattern.compile("/[^/]*%|/in/[^/]*%.*");

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getHeaders().size() > MAX_HEADERS) {
      return refuse(request, response, callback, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
    }
    if (!isFramedPlainly(request)) {
      // Where its body ends is unknown, so nothing after it can be read.
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
      return refuse(request, response, callback, HttpStatus.NOT_IMPLEMENTED_501);
    }
    String path = request.getHttpURI().getPath();
    if (path == null || isAmbiguous(path)) {
      return refuse(request, response, callback, HttpStatus.BAD_REQUEST_400);
    }
    return super.handle(request, response, callback);
  }

  /**
   * Whether its body is sent as it is, whole or in chunks. The server library would take every list
   * of codings that ends with chunked for chunked alone; RFC 9112, section 6.1, asks for 501.
   */
  private static boolean isFramedPlainly(Request request) {
    List<String> codings = request.getHeaders().getCSV(HttpHeader.TRANSFER_ENCODING, false);
    return codings.isEmpty()
        || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
  }

  private static boolean isAmbiguous(String path) {
    return isUnusual(path)
        && (AMBIGUOUS.matcher(path).find() || ESCAPED_SOURCE.matcher(path).lookingAt());
  }

  /** Whether a path may match the patterns at all; nearly no path does. */
  private static boolean isUnusual(String path) {
    return path.indexOf('%') >= 0
        || path.indexOf(';') >= 0
        || path.contains("//")
        || path.contains("/.");
  }

  private static boolean refuse(Request request, Response response, Callback callback, int status) {
    Response.writeError(request, response, callback, status);
    return true;
  }
}
