package io.millrace.model;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;

/** The keys by which events are grouped. */
public final class EventKeys {
  private EventKeys() {}

  /** The identity of an event: {@code source/event_id}. */
  public static String identity(Event event) {
    return event.getSource() + '/' + event.getEventId();
  }

  /** The record an event is about: {@code record.type/record.id}. */
  public static String record(Event event) {
    return record(event.getRecord());
  }

  /** A record's key: {@code type/id}. */
  public static String record(RecordRef record) {
    return record.getType() + '/' + record.getId();
  }
}
