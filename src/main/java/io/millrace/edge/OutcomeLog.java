package io.millrace.edge;

import io.millrace.edge.wire.RouteProblems;
import io.millrace.model.LogField;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the outcomes of requests. */
final class OutcomeLog {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeLog.class);

  private final AcceptedLines accepted;

  /**
   * @param clock runs {@link AcceptedLines} every second, until it is shut down
   */
  OutcomeLog(ScheduledExecutorService clock) {
    accepted = new AcceptedLines(clock);
  }

  void ended(Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted(var exchange, var deliveryId, var bodyHash) ->
          accepted.add(deliveryId, exchange.source().name(), bodyHash);
      case Outcome.Uncertain uncertain -> notStored(uncertain);
      case Outcome.Refused refused -> RouteProblems.log(refused.problem());
      // The handshakes that matter are logged by the step that answered them.
      case Outcome.HandshakeAnswered answered -> {}
      // Logged where it is answered.
      case Outcome.Failed failed -> {}
    }
  }

  private static void notStored(Outcome.Uncertain uncertain) {
    LOG.atWarn()
        .addKeyValue(LogField.DELIVERY_ID, uncertain.deliveryId())
        .addKeyValue(LogField.SOURCE, uncertain.exchange().source().name())
        .addKeyValue(LogField.BODY_SHA256, uncertain.bodyHash())
        .log("A delivery could not be stored: {}", uncertain.cause().toString());
  }
}
