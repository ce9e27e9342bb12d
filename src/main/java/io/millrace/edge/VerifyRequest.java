package io.millrace.edge;

import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import io.millrace.verify.Verdict;

/** Verifies a request, and counts the result. */
final class VerifyRequest {
  private final Admission admission;
  private final SecretUses uses;
  private final EdgeMetrics metrics;

  VerifyRequest(Admission admission, SecretUses uses, EdgeMetrics metrics) {
    this.admission = admission;
    this.uses = uses;
    this.metrics = metrics;
  }

  /** Refuses a request that is not genuine or exceeds its source's rate. */
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
