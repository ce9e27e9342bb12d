package io.millrace.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.source.HandshakeAnswer;
import io.millrace.verify.SignedRequest;
import java.util.Optional;

/**
 * {@code GET} and {@code HEAD} on a source: how some providers ask, unsigned, whether anybody is
 * there. Everywhere else the method is not allowed.
 */
final class AnswerHandshake implements Handler {
  private final ConnectedSources sources;
  private final Gate gate;
  private final RequestReader requests;
  private final EdgeMetrics metrics;

  AnswerHandshake(
      ConnectedSources sources, Gate gate, RequestReader requests, EdgeMetrics metrics) {
    this.sources = sources;
    this.gate = gate;
    this.requests = requests;
    this.metrics = metrics;
  }

  @Override
  public void handle(Context context) {
    ConnectedSource source =
        sources.find(context.pathParam("source")).orElseThrow(ConnectedSources::unknown);
    EdgeMetrics.Observation observation = metrics.observe(Optional.of(source));
    Gate.Admitted admitted = gate.admit(context.req(), source);
    gate.unverified(admitted);
    SignedRequest request =
        requests.read(
            context.req(), source.source(), RequestReader.pathToken(context.req()), admitted);
    HandshakeAnswer answer =
        source
            .source()
            .provider()
            .handshake()
            .flatMap(handshake -> handshake.answer(request))
            .orElseThrow(
                () -> AnswerProblem.methodNotAllowed("POST").at(source.name()).toException());
    write(context, answer);
    observation.shookHands();
  }

  static void write(Context context, HandshakeAnswer answer) {
    context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
  }
}
