package io.millrace.model;

import java.util.Locale;

/**
 * What a delivery says of its events. A sender's signature may cover some of it and not the rest.
 */
public enum EventFact {
  /** Which event it is, and which record it is about. */
  ID,
  /** What happened. */
  TYPE,
  /** When, and in which order. */
  TIME,
  /** The data. */
  BODY;

  /** The name that records and documents use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
