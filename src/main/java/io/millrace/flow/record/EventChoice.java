package io.millrace.flow.record;

import io.millrace.event.Event;
import io.millrace.model.EventTypes;
import java.util.List;

/** Which admitted events a handler is handed. */
public sealed interface EventChoice {

  boolean includes(Event event);

  /** All events about records of some types, whatever happened to them. */
  record OfRecords(List<String> recordTypes) implements EventChoice {
    public OfRecords {
      recordTypes = List.copyOf(recordTypes);
    }

    @Override
    public boolean includes(Event event) {
      return recordTypes.contains(event.getRecord().getType());
    }
  }

  /** Events of some types, whichever record they are about: {@code lead.lost}, {@code ticket.*}. */
  record OfTypes(List<String> eventTypes) implements EventChoice {
    public OfTypes {
      eventTypes = List.copyOf(eventTypes);
    }

    @Override
    public boolean includes(Event event) {
      return eventTypes.stream().anyMatch(type -> EventTypes.fits(type, event.getEventType()));
    }
  }

  static EventChoice records(String... recordTypes) {
    return new OfRecords(List.of(recordTypes));
  }

  static EventChoice types(String... eventTypes) {
    return new OfTypes(List.of(eventTypes));
  }
}
