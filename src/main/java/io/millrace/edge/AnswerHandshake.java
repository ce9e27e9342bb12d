package io.millrace.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.source.HandshakeAnswer;
import io.millrace.verify.SignedRequest;
import java.time.Clock;
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
  private final Inspector inspector;
  private final Clock clock;

  AnswerHandshake(
      ConnectedSources sources,
      Gate gate,
      RequestReader requests,
      EdgeMetrics metrics,
      Inspector inspector,
      Clock clock) {
    this.sources = sources;
    this.gate = gate;
    this.requests = requests;
    this.metrics = metrics;
    this.inspector = inspector;
    this.clock = clock;
  }

  @Override
  public void handle(Context context) {
    Optional<ConnectedSource> source = sources.find(context.pathParam("source"));
    Client client = gate.client(context.req());
    Inspection inspection =
        Inspection.begin(inspector, source, clock.instant(), context.req(), client);
    try {
      answer(context, source.orElseThrow(ConnectedSources::unknown), client, inspection);
    } catch (RefusedException refused) {
      inspection.refused(refused);
      throw refused;
    } catch (RuntimeException failure) {
      inspection.failed();
      throw failure;
    }
  }

  private void answer(
      Context context, ConnectedSource source, Client client, Inspection inspection) {
    EdgeMetrics.Observation observation = metrics.observe(Optional.of(source));
    Gate.Admitted admitted = gate.admit(context.req(), source, client);
    gate.unverified(admitted);
    SignedRequest request =
        requests.read(
            context.req(), source.source(), RequestReader.pathToken(context.req()), admitted);
    inspection.read(request);
    HandshakeAnswer answer =
        Handshakes.answer(
                new Handshakes.Asked(
                    source,
                    request,
                    false,
                    Optional.empty(),
                    admitted.client().address(),
                    clock.instant()))
            .orElseThrow(() -> Problem.methodNotAllowed("POST").at(source.name()).toException());
    Answers.handshake(context, answer);
    observation.shookHands();
    inspection.shookHands(answer.status());
  }
}
