package io.millrace.stream;

import io.millrace.event.Event;

/** An event on its way from the sequencer to the merge, which admits it to its topic. */
sealed interface Sequenced {

  Event event();

  /** The record's next event. */
  record InOrder(Event event) implements Sequenced {}

  /** An event that came after a later one had been emitted. */
  record Late(Event event) implements Sequenced {}
}
