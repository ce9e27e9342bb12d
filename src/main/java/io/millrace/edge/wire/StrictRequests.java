package io.millrace.edge.wire;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what HTTP allows but no sender uses: very many headers, and paths that the edge, a proxy
 * in front of it and a sender's signature could each interpret differently.
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
    String path = request.getHttpURI().getPath();
    if (path == null || isAmbiguous(path)) {
      return refuse(request, response, callback, HttpStatus.BAD_REQUEST_400);
    }
    return super.handle(request, response, callback);
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
