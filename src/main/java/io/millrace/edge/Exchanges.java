package io.millrace.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Timer;
import io.millrace.edge.admit.ConnectedSources;
import io.millrace.edge.admit.TrustedProxies;
import io.millrace.edge.wire.Answers;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/**
 * Does what is the same for every request to a source, whatever its steps are: collects what is
 * known on arrival, and reports and answers the outcome exactly once.
 */
final class Exchanges {
  private final ConnectedSources sources;
  private final TrustedProxies proxies;
  private final Clock clock;
  private final EdgeMetrics metrics;
  private final Inspections inspections;
  private final OutcomeLog log;

  Exchanges(
      ConnectedSources sources,
      TrustedProxies proxies,
      Clock clock,
      EdgeMetrics metrics,
      Inspections inspections,
      OutcomeLog log) {
    this.sources = sources;
    this.proxies = proxies;
    this.clock = clock;
    this.metrics = metrics;
    this.inspections = inspections;
    this.log = log;
  }

  /**
   * Makes the handler of a route to a source.
   *
   * @param steps handle a request, and return every refusal and failure as an outcome
   */
  Handler handler(Function<Exchange.Arrived, Outcome> steps) {
    return context -> {
      Timer.Sample started = metrics.start();
      Outcome outcome = steps.apply(arrived(context));
      metrics.ended(outcome, started);
      inspections.keep(outcome);
      log.ended(outcome);
      answer(outcome, context);
    };
  }

  private Exchange.Arrived arrived(Context context) {
    HttpServletRequest http = context.req();
    Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Exchange.Arrived(
        sources.find(context.pathParam("source")),
        time,
        proxies.client(http),
        RequestReader.pathToken(http),
        http);
  }

  private static void answer(Outcome outcome, Context context) {
    switch (outcome) {
      case Outcome.Accepted(var exchange, var deliveryId, var bodyHash) ->
          Answers.accepted(
              context,
              exchange.source().source().provider().reply(),
              exchange.request(),
              deliveryId);
      case Outcome.HandshakeAnswered(var exchange, var answer) ->
          Answers.handshake(context, answer);
      case Outcome.Uncertain uncertain -> Answers.problem(context, uncertain.problem());
      case Outcome.Refused refused -> Answers.problem(context, refused.problem());
      // Rethrown: failures of all routes are logged and answered in one place.
      case Outcome.Failed(var exchange, var failure) -> throw failure;
    }
  }
}
