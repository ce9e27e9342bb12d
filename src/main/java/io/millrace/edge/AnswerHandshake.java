package io.millrace.edge;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;

/**
 * {@code GET} and {@code HEAD} on a source: an unsigned request with which some providers check the
 * address. For other sources, the method is not allowed.
 */
final class AnswerHandshake {
  private final Admission admission;
  private final RequestReader requests;

  AnswerHandshake(Admission admission, RequestReader requests) {
    this.admission = admission;
    this.requests = requests;
  }

  /** Runs the steps of a handshake in order. */
  Outcome answer(Exchange.Arrived arrived) {
    Exchange reached = arrived;
    try {
      Exchange.Admitted admitted = admission.admit(arrived);
      reached = admitted;
      admission.provedNothing(admitted);
      Exchange.Received received = requests.read(admitted);
      reached = received;
      return Handshakes.answer(received)
          .orElseThrow(
              () -> Problem.methodNotAllowed("POST").at(received.source().name()).toException());
    } catch (ProblemException refusal) {
      return new Outcome.Refused(reached, refusal);
    } catch (RuntimeException failure) {
      return new Outcome.Failed(reached, failure);
    }
  }
}
