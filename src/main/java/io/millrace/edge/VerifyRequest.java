package io.millrace.edge;

import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import io.millrace.verify.Verdict;

/** Finds out whether a request is genuine, and counts what was found. */
final class VerifyRequest {
  private final Admission admission;
  private final SecretUses uses;
  private final EdgeMetrics metrics;

  VerifyRequest(Admission admission, SecretUses uses, EdgeMetrics metrics) {
    this.admission = admission;
    this.uses = uses;
    this.metrics = metrics;
  }

  /** Refuses what is not genuine, and what is beyond its source's rate. */
  Exchange.Proved verify(Exchange.Received received) {
    ConnectedSource source = received.source();
    Verdict verdict = source.verify(received.request(), received.arrived().time());
    metrics.judged(source, verdict);
    return switch (verdict) {
      case Verdict.Verified verified -> {
        admission.proved(received.admitted());
        verified
            .secret()
            .ifPresent(reference -> uses.used(source.name(), reference, received.arrived().time()));
        yield new Exchange.Proved(received, verified);
      }
      case Verdict.Refused refused -> throw problem(refused).at(source.name()).toException();
    };
  }

  private static Problem problem(Verdict.Refused refused) {
    Problem problem = Problem.of(refused.reason(), refused.explanation());
    return refused.reason() == Reason.NO_SECRET
        ? problem.retryAfter(RetryAfter.SECRET_ADDED)
        : problem;
  }
}
