package io.millrace.edge;

import io.millrace.rule.Reason;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Follows one request from its arrival to its answer, and then hands it to the inspector. */
final class Inspection {
  private static final byte[] NOTHING = {};

  private final Inspector inspector;
  private final Optional<ConnectedSource> source;
  private final Instant receivedAt;
  private final Client client;
  private final String method;
  private final Optional<String> pathToken;
  private final HttpServletRequest request;
  private Optional<SignedRequest> read = Optional.empty();
  private byte[] partOfBody = NOTHING;
  private Optional<Verdict.Verified> proved = Optional.empty();

  private Inspection(
      Inspector inspector,
      Optional<ConnectedSource> source,
      Instant receivedAt,
      HttpServletRequest request,
      Client client) {
    this.inspector = inspector;
    this.source = source;
    this.receivedAt = receivedAt;
    this.client = client;
    method = request.getMethod();
    pathToken = RequestReader.pathToken(request);
    this.request = request;
  }

  static Inspection begin(
      Inspector inspector,
      Optional<ConnectedSource> source,
      Instant receivedAt,
      HttpServletRequest request,
      Client client) {
    return new Inspection(inspector, source, receivedAt, request, client);
  }

  /** All of it has arrived. */
  void read(SignedRequest all) {
    read = Optional.of(all);
  }

  void verified(Verdict.Verified verdict) {
    proved = Optional.of(verdict);
  }

  void accepted(String deliveryId, int status) {
    end(InspectedDelivery.Outcome.VERIFIED, status, Optional.empty(), Optional.of(deliveryId));
  }

  void shookHands(int status) {
    end(InspectedDelivery.Outcome.HANDSHAKE, status, Optional.empty(), Optional.empty());
  }

  void refused(RefusedException refusal) {
    partOfBody = refusal.partOfBody();
    refused(refusal.problem());
  }

  void refused(Problem problem) {
    end(
        InspectedDelivery.Outcome.REFUSED,
        problem.status(),
        Optional.of(problem),
        problem.deliveryId());
  }

  /** The edge itself failed. */
  void failed() {
    refused(
        Problem.of(Reason.INTERNAL, "The request could not be handled; the edge's log says why"));
  }

  private void end(
      InspectedDelivery.Outcome outcome,
      int status,
      Optional<Problem> problem,
      Optional<String> deliveryId) {
    InspectedDelivery.Verdict verdict =
        new InspectedDelivery.Verdict(
            problem.map(it -> it.reason().name()),
            problem.map(Problem::detail),
            proved.map(it -> it.assurance().name()),
            proved.flatMap(Verdict.Verified::secret));
    inspector.keep(
        number -> {
          byte[] body = read.map(SignedRequest::body).orElse(partOfBody);
          byte[] kept = kept(body);
          return new Sighting(
              number,
              source,
              receivedAt,
              client.address(),
              method,
              read.map(SignedRequest::url).orElseGet(() -> PublicUrl.asReceived(request, client)),
              pathToken,
              read.map(SignedRequest::headers).orElseGet(() -> RequestReader.headers(request)),
              kept,
              body.length,
              !isComplete() || kept.length < body.length,
              outcome,
              status,
              verdict,
              deliveryId);
        });
  }

  /** Nothing is missing either where nothing was sent. */
  private boolean isComplete() {
    return read.isPresent()
        || (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null);
  }

  private byte[] kept(byte[] body) {
    return body.length > inspector.maxBodyBytes()
        ? Arrays.copyOf(body, inspector.maxBodyBytes())
        : body;
  }
}
