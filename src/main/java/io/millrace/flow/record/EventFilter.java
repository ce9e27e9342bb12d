package io.millrace.flow.record;

import io.millrace.event.Event;
import io.millrace.model.EventTypes;
import java.util.List;

/** Which admitted events a handler receives. */
public sealed interface EventFilter {

  boolean includes(Event event);

  /** All events about records of some types. */
  record OfRecords(List<String> recordTypes) implements EventFilter {
    public OfRecords {
      recordTypes = List.copyOf(recordTypes);
    }

    @Override
    public boolean includes(Event event) {
      return recordTypes.contains(event.getRecord().getType());
    }
  }

  /** Events of some types, about any record: {@code lead.lost}, {@code ticket.*}. */
  record OfTypes(List<String> eventTypes) implements EventFilter {
    public OfTypes {
      eventTypes = List.copyOf(eventTypes);
    }

    @Override
    public boolean includes(Event event) {
      return eventTypes.stream().anyMatch(type -> EventTypes.fits(type, event.getEventType()));
    }
  }

  static EventFilter records(String... recordTypes) {
    return new OfRecords(List.of(recordTypes));
  }

  static EventFilter types(String... eventTypes) {
    return new OfTypes(List.of(eventTypes));
  }
}
