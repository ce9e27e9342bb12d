package io.millrace.edge.wire;

import io.javalin.http.Context;
import io.millrace.provider.HandshakeAnswer;
import io.millrace.provider.Reply;
import io.millrace.verify.SignedRequest;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes every answer of the edge, wherever it was decided. */
public final class Answers {
  private static final String JSON = "application/json";
  private static final String NO_SNIFF = "X-Content-Type-Options";

  private Answers() {}

  /** Answers an accepted delivery with what its provider expects, or with its id. */
  public static void accepted(
      Context context, Reply reply, SignedRequest request, String deliveryId) {
    context
        .status(reply.status())
        .contentType(reply.contentType())
        .result(reply.body(request, deliveryId));
    isNoPage(context);
  }

  /** Answers a handshake. */
  public static void handshake(Context context, HandshakeAnswer answer) {
    context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    answer.headers().forEach(context::header);
    isNoPage(context);
  }

  /** Answers a refusal or a failure. */
  public static void problem(Context context, Problem problem) {
    problem.headers().forEach(context::header);
    context.status(problem.status());
    context.contentType(Problem.CONTENT_TYPE);
    context.result(problem.toJson());
    isNoPage(context);
  }

  /** Answers a refusal before there is a route, and so a context. */
  static void problem(Response response, Problem problem, Callback callback) {
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.getHeaders().put(NO_SNIFF, "nosniff");
    response.write(true, ByteBuffer.wrap(problem.toJson()), callback);
  }

  /** The caller chooses parts of some answers: no browser may treat any as a page. */
  private static void isNoPage(Context context) {
    context.header(NO_SNIFF, "nosniff");
  }

  /** Answers a successful health check. */
  public static void health(Context context, String status) {
    context.contentType(JSON).result("{\"status\": \"" + status + "\"}");
    isNoPage(context);
  }
}
