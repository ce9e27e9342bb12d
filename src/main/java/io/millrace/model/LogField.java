package io.millrace.model;

/**
 * The field names for the subject of a log line, so that one search finds a delivery or an event in
 * every process: {@code log.atInfo().addKeyValue(LogField.EVENT_ID, id).log("...")}. A line never
 * contains a body, a field of one, a secret or personal data.
 */
public final class LogField {
  public static final String DELIVERY_ID = "delivery_id";
  public static final String EVENT_ID = "event_id";
  public static final String SOURCE = "source";

  /** The name of a {@link Reason}. */
  public static final String REASON = "reason";

  /**
   * The first 12 hexadecimal digits of the SHA-256 of a body: identifies it without revealing its
   * content.
   */
  public static final String BODY_SHA256 = "body_sha256";

  private LogField() {}
}
