package io.millrace.edge;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.event.Delivery;
import io.millrace.rule.Reason;
import io.millrace.source.HandshakeAnswer;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** {@code POST} on a source: verify the bytes, hand them to the log, answer when it has them. */
final class ReceiveDelivery implements Handler {
  private final ConnectedSources sources;
  private final Gate gate;
  private final RequestReader requests;
  private final SecretUses uses;
  private final ReplayGuard replays;
  private final StoreDelivery store;
  private final Draining draining;
  private final EdgeMetrics metrics;
  private final Inspector inspector;
  private final Clock clock;

  ReceiveDelivery(
      ConnectedSources sources,
      Gate gate,
      RequestReader requests,
      SecretUses uses,
      ReplayGuard replays,
      StoreDelivery store,
      Draining draining,
      EdgeMetrics metrics,
      Inspector inspector,
      Clock clock) {
    this.sources = sources;
    this.gate = gate;
    this.requests = requests;
    this.uses = uses;
    this.replays = replays;
    this.store = store;
    this.draining = draining;
    this.metrics = metrics;
    this.inspector = inspector;
    this.clock = clock;
  }

  @Override
  public void handle(Context context) {
    Optional<ConnectedSource> source = sources.find(context.pathParam("source"));
    EdgeMetrics.Observation observation = metrics.observe(source);
    Instant arrival = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Client client = gate.client(context.req());
    Inspection inspection = Inspection.begin(inspector, source, arrival, context.req(), client);
    try {
      draining.refuseIfBegun();
      receive(
          context,
          source.orElseThrow(ConnectedSources::unknown),
          client,
          arrival,
          observation,
          inspection);
    } catch (RefusedException refused) {
      observation.refused(refused.problem().reason());
      inspection.refused(refused);
      throw refused;
    } catch (RuntimeException failure) {
      inspection.failed();
      throw failure;
    }
  }

  private void receive(
      Context context,
      ConnectedSource source,
      Client client,
      Instant arrival,
      EdgeMetrics.Observation observation,
      Inspection inspection) {
    Gate.Admitted admitted = gate.admit(context.req(), source, client);
    Optional<String> pathToken = RequestReader.pathToken(context.req());
    SignedRequest request = read(context, source, pathToken, admitted);
    observation.received(request.body().length);
    inspection.read(request);
    String address = client.address();
    Handshakes.Asked unproved =
        new Handshakes.Asked(source, request, false, Optional.empty(), address, arrival);
    if (shookHandsUnproved(unproved, context, observation, inspection, admitted)) {
      return;
    }
    Verdict.Verified verified = verify(source, request, arrival, observation, admitted);
    inspection.verified(verified);
    Handshakes.Asked proved =
        new Handshakes.Asked(source, request, true, verified.secret(), address, arrival);
    if (shookHands(proved, context, observation, inspection)) {
      return;
    }

    Delivery.Builder delivery = delivery(source, request, verified, pathToken, address);
    StoreDelivery.Attempt attempt =
        new StoreDelivery.Attempt(source, request, delivery, arrival, observation, inspection);
    ReplayGuard.Passage passage = replays.pass(source, verified.signed(), request, arrival);
    boolean stored = false;
    try {
      store.store(attempt, context);
      stored = true;
    } finally {
      passage.ended(stored);
    }
  }

  private boolean shookHandsUnproved(
      Handshakes.Asked asked,
      Context context,
      EdgeMetrics.Observation observation,
      Inspection inspection,
      Gate.Admitted admitted) {
    try {
      boolean shookHands = shookHands(asked, context, observation, inspection);
      if (shookHands) {
        gate.unverified(admitted);
      }
      return shookHands;
    } catch (RefusedException refused) {
      gate.unverified(admitted);
      throw refused;
    }
  }

  private static boolean shookHands(
      Handshakes.Asked asked,
      Context context,
      EdgeMetrics.Observation observation,
      Inspection inspection) {
    Optional<HandshakeAnswer> answer = Handshakes.answer(asked);
    answer.ifPresent(
        said -> {
          Answers.handshake(context, said);
          observation.shookHands();
          inspection.shookHands(said.status());
        });
    return answer.isPresent();
  }

  private SignedRequest read(
      Context context, ConnectedSource source, Optional<String> pathToken, Gate.Admitted admitted) {
    try {
      return requests.read(context.req(), source.source(), pathToken, admitted);
    } catch (RefusedException refused) {
      gate.unverified(admitted);
      throw refused;
    }
  }

  private Verdict.Verified verify(
      ConnectedSource source,
      SignedRequest request,
      Instant now,
      EdgeMetrics.Observation observation,
      Gate.Admitted admitted) {
    return switch (source.verify(request, now)) {
      case Verdict.Verified verified -> {
        observation.verified();
        gate.verified(source, admitted);
        verified.secret().ifPresent(reference -> uses.used(source.name(), reference, now));
        yield verified;
      }
      case Verdict.Refused refused -> {
        observation.notVerified(refused.reason());
        gate.unverified(admitted);
        throw problem(refused).at(source.name()).toException();
      }
    };
  }

  private static Problem problem(Verdict.Refused refused) {
    Problem problem = Problem.of(refused.reason(), refused.explanation());
    return refused.reason() == Reason.NO_SECRET
        ? problem.retryAfter(RetryAfter.SECRET_ADDED)
        : problem;
  }

  /** Everything but its identity. */
  private static Delivery.Builder delivery(
      ConnectedSource source,
      SignedRequest request,
      Verdict.Verified verified,
      Optional<String> pathToken,
      String address) {
    return Delivery.newBuilder()
        .setSource(source.name())
        .setMethod(request.method())
        .setUrl(source.credentials().mask(request.url(), pathToken))
        .setHeaders(source.credentials().mask(request.headers()))
        .setBody(ByteBuffer.wrap(request.body()))
        .setRemoteAddress(address)
        .setAssurance(verified.assurance().name())
        .setSecret(verified.secret().orElse(null));
  }
}
