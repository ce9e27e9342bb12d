package io.millrace.edge;

import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.RetryAfter;
import io.millrace.model.Reason;
import io.millrace.provider.HandshakeAnswer;

/** The outcome of a request to a source. Each request has exactly one, which is reported once. */
sealed interface Outcome {

  /** The request, at the stage it reached. */
  Exchange exchange();

  /**
   * The log has stored the delivery.
   *
   * @param bodyHash the first digits of the body's SHA-256, to find it in logs
   */
  record Accepted(Exchange.Proved exchange, String deliveryId, String bodyHash)
      implements Outcome {}

  /**
   * The delivery is genuine, but the log failed or did not answer in time. It may have been stored.
   *
   * @param deliveryId its id if the log has it; the sender's next attempt gets the same id
   * @param bodyHash the first digits of the body's SHA-256, to find it in logs
   */
  record Uncertain(Exchange.Proved exchange, String deliveryId, String bodyHash, Throwable cause)
      implements Outcome {

    /** The answer to its sender. */
    Problem problem() {
      return Problem.of(
              Reason.LOG_UNAVAILABLE,
              "The delivery is genuine but could not be stored; send the same bytes again")
          .at(exchange.source().name())
          .ofDelivery(deliveryId)
          .retryAfter(RetryAfter.LOG_RETURNS);
    }
  }

  /** The request was a handshake, not a delivery, and was answered. */
  record HandshakeAnswered(Exchange exchange, HandshakeAnswer answer) implements Outcome {}

  /** A step refused the request. */
  record Refused(Exchange exchange, ProblemException refusal) implements Outcome {

    Problem problem() {
      return refusal.problem();
    }
  }

  /** The edge itself failed. */
  record Failed(Exchange exchange, RuntimeException failure) implements Outcome {}
}
