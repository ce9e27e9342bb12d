package io.millrace.source;

import io.millrace.event.DeadLetter;

/** What became of one part of a delivery: an event, or a dead letter that says why not. */
public sealed interface Normalized {

  /** A canonical event. */
  record Event(io.millrace.event.Event event) implements Normalized {}

  /** Something that could not be made an event, with its original bytes. */
  record Refused(DeadLetter deadLetter) implements Normalized {}
}
