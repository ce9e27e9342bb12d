package io.millrace.edge;

import io.millrace.edge.admit.VerificationMemory;
import io.millrace.edge.wire.ProblemException;
import java.util.Optional;

/**
 * {@code POST} on a source: verifies the bytes, passes them to the log, and answers once they are
 * stored.
 */
final class ReceiveDelivery {
  private final Draining draining;
  private final Admission admission;
  private final RequestReader requests;
  private final VerificationMemory memory;
  private final VerifyRequest verification;
  private final ReplayGuard replays;
  private final StoreDelivery store;

  ReceiveDelivery(
      Draining draining,
      Admission admission,
      RequestReader requests,
      VerificationMemory memory,
      VerifyRequest verification,
      ReplayGuard replays,
      StoreDelivery store) {
    this.draining = draining;
    this.admission = admission;
    this.requests = requests;
    this.memory = memory;
    this.verification = verification;
    this.replays = replays;
    this.store = store;
  }

  /** Runs the steps of a delivery in order. */
  Outcome receive(Exchange.Arrived arrived) {
    Exchange reached = arrived;
    try {
      draining.refuseIfBegun();
      Exchange.Admitted admitted = admission.admit(arrived);
      reached = admitted;
      Exchange.Received received = requests.read(admitted);
      reached = received;
      byte[] body = received.request().body();
      Optional<Outcome.HandshakeAnswered> unproved =
          memory.use(body, () -> Handshakes.answer(received));
      if (unproved.isPresent()) {
        admission.provedNothing(admitted);
        return unproved.get();
      }
      Exchange.Proved proved = memory.use(body, () -> verification.verify(received));
      reached = proved;
      Optional<Outcome.HandshakeAnswered> handshake =
          memory.use(body, () -> Handshakes.answer(proved));
      return handshake.isPresent() ? handshake.get() : store(proved);
    } catch (ProblemException refusal) {
      admission.refused(reached);
      return new Outcome.Refused(reached, refusal);
    } catch (RuntimeException failure) {
      return new Outcome.Failed(reached, failure);
    }
  }

  private Outcome store(Exchange.Proved proved) {
    ReplayGuard.Reservation reservation = replays.reserve(proved);
    boolean stored = false;
    try {
      Outcome outcome = store.store(proved);
      stored = outcome instanceof Outcome.Accepted;
      return outcome;
    } finally {
      reservation.settle(stored);
    }
  }
}
