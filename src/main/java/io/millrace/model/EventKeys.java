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

  /**
   * The identity of an event within its record, by which duplicates are recognised: {@code
   * source/LENGTH:event_id/record.type/record.id}. Some senders use the id of an object, or of a
   * whole request, for events about several records. The length keeps two different ids apart
   * whatever characters they contain.
   */
  public static String admission(Event event) {
    return admission(event.getSource(), event.getEventId(), event.getRecord());
  }

  /** The same, from its parts. */
  public static String admission(String source, String eventId, RecordRef record) {
    return source + '/' + eventId.length() + ':' + eventId + '/' + record(record);
  }

  /** The record an event is about: {@code record.type/record.id}. */
  public static String record(Event event) {
    return record(event.getRecord());
  }

  /** The record of a key such as {@code lead/L-1}. */
  public static RecordRef recordOf(String key) {
    int slash = key.indexOf('/');
    return new RecordRef(key.substring(0, slash), key.substring(slash + 1));
  }

  /** A record's key: {@code type/id}. */
  public static String record(RecordRef record) {
    return record.getType() + '/' + record.getId();
  }
}
