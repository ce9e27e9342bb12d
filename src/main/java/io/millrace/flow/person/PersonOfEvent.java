package io.millrace.flow.person;

import io.millrace.event.Event;
import io.millrace.event.PersonIdentity;

/** Says in an event whose it is. */
final class PersonOfEvent {
  private PersonOfEvent() {}

  /** The event with its person's id; it shares everything else. */
  static Event named(Event event, String person) {
    return event.getPerson().map(identity -> named(event, identity, person)).orElse(event);
  }

  private static Event named(Event event, PersonIdentity identity, String person) {
    PersonIdentity named =
        new PersonIdentity(
            identity.getKey(),
            identity.getEmail().orElse(null),
            identity.getPhone().orElse(null),
            identity.getExternalIds(),
            person,
            identity.getIdentifiers(),
            identity.getAccountHints());
    return new Event(
        event.getEventId(),
        event.getEventType(),
        event.getSource(),
        event.getOccurredAt(),
        event.getReceivedAt(),
        event.getSchemaVersion(),
        event.getRecord(),
        named,
        event.getAccount().orElse(null),
        event.getData(),
        event.getPrevious(),
        event.getMetadata());
  }
}
