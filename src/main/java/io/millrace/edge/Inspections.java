package io.millrace.edge;

import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.PublicUrl;
import io.millrace.edge.inspect.InspectedDelivery;
import io.millrace.edge.inspect.InspectedRequest;
import io.millrace.edge.inspect.Inspector;
import io.millrace.edge.wire.Problem;
import io.millrace.model.Reason;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;

/** Passes every request to the inspector, with its outcome. */
final class Inspections {
  private static final byte[] NOTHING = {};

  private final Inspector inspector;

  Inspections(Inspector inspector) {
    this.inspector = inspector;
  }

  void keep(Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted(var exchange, var deliveryId, var bodyHash) ->
          keep(
              exchange,
              InspectedDelivery.Result.VERIFIED,
              exchange.source().source().provider().reply().status(),
              Optional.empty(),
              Optional.of(deliveryId),
              NOTHING);
      case Outcome.HandshakeAnswered(var exchange, var answer) ->
          keep(
              exchange,
              InspectedDelivery.Result.HANDSHAKE,
              answer.status(),
              Optional.empty(),
              Optional.empty(),
              NOTHING);
      case Outcome.Uncertain uncertain ->
          refused(uncertain.exchange(), uncertain.problem(), NOTHING);
      case Outcome.Refused(var exchange, var refusal) ->
          refused(exchange, refusal.problem(), refusal.partOfBody());
      case Outcome.Failed(var exchange, var failure) ->
          refused(
              exchange,
              Problem.of(
                  Reason.INTERNAL,
                  "The request could not be handled; see the log of the edge for the cause"),
              NOTHING);
    }
  }

  private void refused(Exchange exchange, Problem problem, byte[] partOfBody) {
    keep(
        exchange,
        InspectedDelivery.Result.REFUSED,
        problem.status(),
        Optional.of(problem),
        problem.deliveryId(),
        partOfBody);
  }

  private void keep(
      Exchange exchange,
      InspectedDelivery.Result result,
      int status,
      Optional<Problem> problem,
      Optional<String> deliveryId,
      byte[] partOfBody) {
    inspector.keep(
        number -> {
          Exchange.Arrived arrived = exchange.arrived();
          HttpServletRequest http = arrived.http();
          Optional<SignedRequest> read = exchange.read();
          byte[] body = read.map(SignedRequest::body).orElse(partOfBody);
          byte[] kept = kept(body);
          return new InspectedRequest(
              number,
              arrived.source(),
              read.map(SignedRequest::url)
                  .orElseGet(() -> PublicUrl.asReceived(http, arrived.client())),
              arrived.pathToken(),
              read.map(SignedRequest::headers).orElseGet(() -> RequestReader.headers(http)),
              kept,
              new InspectedDelivery.Summary(
                  arrived.source().map(ConnectedSource::name).orElse(Inspector.UNKNOWN_SOURCE),
                  arrived.time(),
                  arrived.client().address(),
                  http.getMethod(),
                  result,
                  status,
                  verdict(exchange, problem),
                  deliveryId,
                  body.length,
                  !isComplete(exchange) || kept.length < body.length));
        });
  }

  private static InspectedDelivery.Verdict verdict(Exchange exchange, Optional<Problem> problem) {
    return new InspectedDelivery.Verdict(
        problem.map(it -> it.reason().name()),
        problem.map(Problem::detail),
        exchange.proof().map(it -> it.assurance().name()),
        exchange.proof().flatMap(Verdict.Verified::secret));
  }

  /** A request without a body is complete too. */
  private static boolean isComplete(Exchange exchange) {
    HttpServletRequest http = exchange.arrived().http();
    return exchange.read().isPresent()
        || (http.getContentLengthLong() <= 0 && http.getHeader("Transfer-Encoding") == null);
  }

  private byte[] kept(byte[] body) {
    return body.length > inspector.maxBodyBytes()
        ? Arrays.copyOf(body, inspector.maxBodyBytes())
        : body;
  }
}
