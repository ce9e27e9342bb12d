package io.millrace.model;

/**
 * The names under which a log line carries what it is about, so that one search finds a delivery or
 * an event in every process: {@code log.atInfo().addKeyValue(LogField.EVENT_ID, id).log("...")}. A
 * line never holds a body, a field of one, a secret or anything about a person.
 */
public final class LogField {
  public static final String DELIVERY_ID = "delivery_id";
  public static final String EVENT_ID = "event_id";
  public static final String SOURCE = "source";

  /** The name of a {@link Reason}. */
  public static final String REASON = "reason";

  /** The first 12 hexadecimal digits of the SHA-256 of a body: which one, not what is in it. */
  public static final String BODY_SHA256 = "body_sha256";

  private LogField() {}
}
