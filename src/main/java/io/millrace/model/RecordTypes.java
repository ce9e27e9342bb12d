package io.millrace.model;

import io.millrace.event.RecordRef;

/** The record types that Millrace itself knows by name. */
public final class RecordTypes {
  /** A person: events about one are engagement, and are not put in order. */
  public static final String PERSON = "person";

  private RecordTypes() {}

  /** Whether events about a record are engagement. */
  public static boolean isPerson(RecordRef record) {
    return record.getType().equals(PERSON);
  }
}
