package io.millrace.model;

/**
 * Why something was refused or became a dead letter: the shared vocabulary of HTTP answers, dead
 * letters, metrics and log lines.
 */
public enum Reason {
  // What the edge answers.
  MALFORMED(400),
  MISSING_SIGNATURE(401),
  MISSING_TIMESTAMP(401),
  BAD_SIGNATURE(401),
  STALE(401),
  REPLAYED(401),
  PROVES_TOO_LITTLE(401),
  ADDRESS_NOT_ALLOWED(403),
  UNKNOWN_SOURCE(404),
  METHOD_NOT_ALLOWED(405),
  BODY_TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  RATE_LIMITED(429),
  // A fault of the source's configuration, not of the sender, which should retry after it is fixed.
  NO_SECRET(503),
  LOG_UNAVAILABLE(503),
  OVERLOADED(503),
  SHUTTING_DOWN(503),
  INTERNAL(500),

  // Why a delivery or an event became a dead letter.
  UNREADABLE_BODY,
  EMPTY_DELIVERY,
  MISSING_FIELD,
  INVALID_FIELD,
  EVENT_TOO_LARGE,
  TOO_OLD,
  PROCESSING_FAILED;

  private final int httpStatus;

  Reason() {
    this(0);
  }

  Reason(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** The HTTP status that answers it, 400 to 599; 0 for a reason that is never an HTTP answer. */
  public int httpStatus() {
    return httpStatus;
  }
}
