package io.millrace.flow.person;

import io.millrace.event.Event;
import io.millrace.event.PersonHistory;

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
  record Departure(String identifier, String to, long number) implements Change {}

  /**
   * History of an identifier that has joined the person.
   *
   * @param history one step's part of it
   */
  record Joining(String identifier, PersonHistory history) implements Change {}
}
