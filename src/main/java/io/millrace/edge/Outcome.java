package io.millrace.edge;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import io.millrace.provider.HandshakeAnswer;

/** How a request to a source ended. There is one for each, and it is reported once. */
sealed interface Outcome {

  /** The request, as far as it came. */
  Exchange exchange();

  /**
   * The log has the delivery.
   *
   * @param bodyHash enough of the body's SHA-256 to find it by
   */
  record Accepted(Exchange.Proved exchange, String deliveryId, String bodyHash)
      implements Outcome {}

  /**
   * It is genuine, but the log failed or did not answer in time, and may have it or not.
   *
   * @param deliveryId what it is called if the log has it; its sender's next attempt gets the same
   * @param bodyHash enough of the body's SHA-256 to find it by
   */
  record Uncertain(Exchange.Proved exchange, String deliveryId, String bodyHash, Throwable cause)
      implements Outcome {

    /** What its sender is answered. */
    Problem problem() {
      return Problem.of(
              Reason.LOG_UNAVAILABLE,
              "The delivery is genuine but could not be stored; send the same bytes again")
          .at(exchange.source().name())
          .ofDelivery(deliveryId)
          .retryAfter(RetryAfter.LOG_RETURNS);
    }
  }

  /** It was a question of its provider, and was answered; it is no delivery. */
  record HandshakeAnswered(Exchange exchange, HandshakeAnswer answer) implements Outcome {}

  /** A step refused it. */
  record Refused(Exchange exchange, ProblemException refusal) implements Outcome {

    Problem problem() {
      return refusal.problem();
    }
  }

  /** The edge itself failed. */
  record Failed(Exchange exchange, RuntimeException failure) implements Outcome {}
}
