package io.millrace.model;

import io.millrace.event.RecordRef;

/** The types of record that Millrace itself knows by name. */
public final class RecordTypes {
  /** A person who does things: events about one are engagement, and ordered by nobody. */
  public static final String PERSON = "person";

  private RecordTypes() {}

  /** Whether events about a record are engagement. */
  public static boolean isPerson(RecordRef record) {
    return record.getType().equals(PERSON);
  }
}
