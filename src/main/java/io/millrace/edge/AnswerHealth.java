package io.millrace.edge;

import io.javalin.http.Context;
import io.millrace.edge.wire.Answers;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;

/**
 * {@code /health}: whether the process is alive, and whether it would acknowledge a delivery now.
 */
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
              "The edge cannot store deliveries now; check that Kafka is reachable")
          .retryAfter(RetryAfter.LOG_RETURNS)
          .toException();
    }
    Answers.health(context, "ready");
  }
}
