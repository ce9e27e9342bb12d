package io.millrace.flow.record;

import io.millrace.event.Event;

/** An event on its way from the sequencer to the merge, which admits it to its topic. */
public sealed interface Sequenced {

  Event event();

  /** What the sequencer found of the record; nothing has changed it since. */
  KnownState known();

  /** The record's next event. */
  record InOrder(Event event, KnownState known) implements Sequenced {}

  /** An event that came after a later one had been emitted. */
  record Late(Event event, KnownState known) implements Sequenced {}
}
