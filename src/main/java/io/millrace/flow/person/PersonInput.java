package io.millrace.flow.person;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Event;
import io.millrace.event.PersonHistory;
import io.millrace.event.PersonMessage;

/**
 * What reaches a person: an event of one of its identifiers, or an identifier that joins or leaves.
 */
public sealed interface PersonInput {

  /**
   * The identifier it is about: the strongest one that an event named.
   *
   * @return an opaque id
   */
  String identifier();

  /** An event of the person. */
  record Arrived(Event event) implements PersonInput {
    @Override
    public String identifier() {
      return event.getRecord().getId();
    }
  }

  /** A change of what belongs to the person. */
  sealed interface Change extends PersonInput {}

  /**
   * An identifier leaves the person: its history must be sent to the person it belongs to now.
   *
   * @param to that person
   * @param number the assignment by which it belongs there
   */
  record Departure(String identifier, String to, long number) implements Change {

    /** The message that takes a step's part of its history there. */
    public PersonMessage message(PersonHistory history) {
      return about().setHistory(history).build();
    }

    /** The message that takes an event there. */
    public PersonMessage message(Event event) {
      return about().setEvent(event).build();
    }

    private PersonMessage.Builder about() {
      return PersonMessage.newBuilder().setIdentifier(identifier).setNumber(number);
    }
  }

  /**
   * The identifier was erased: every step removes all that it keeps of it, corrects what it has
   * announced as with a departure, and tells nobody. The person may have other identifiers.
   *
   * @param order the reason for what is suppressed
   */
  record Erased(String identifier, ErasureOrder order) implements Change {}

  /**
   * History of an identifier that has joined the person.
   *
   * @param history one step's part of it
   */
  record Joining(String identifier, PersonHistory history) implements Change {}
}
