package io.millrace.edge;

import io.javalin.http.Context;
import io.millrace.edge.wire.Answers;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;

/** {@code /health}: whether the process lives, and whether a delivery would be acknowledged now. */
final class AnswerHealth {
  private final DeliveryLog log;
  private final Draining draining;

  AnswerHealth(DeliveryLog log, Draining draining) {
    this.log = log;
    this.draining = draining;
  }

  void live(Context context) {
    Answers.health(context, "live");
  }

  void ready(Context context) {
    draining.refuseIfBegun();
    if (!log.isReady()) {
      throw Problem.of(
              Reason.LOG_UNAVAILABLE,
              "A delivery could not be stored now; check that Kafka can be reached")
          .retryAfter(RetryAfter.LOG_RETURNS)
          .toException();
    }
    Answers.health(context, "ready");
  }
}
