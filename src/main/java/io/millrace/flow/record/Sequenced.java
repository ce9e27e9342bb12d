package io.millrace.flow.record;

import io.millrace.event.Event;

/** An event between the sequencer and the merge, which admits it to its topic. */
public sealed interface Sequenced {

  Event event();

  /** The record's state as read by the sequencer; nothing has changed it since. */
  KnownState known();

  /** The record's next event. */
  record InOrder(Event event, KnownState known) implements Sequenced {}

  /** An event that arrived after a later one was emitted. */
  record Late(Event event, KnownState known) implements Sequenced {}
}
