package io.millrace.flow.order;

import java.util.Optional;

/** Whether it is the turn of the first of a record's waiting events. */
public sealed interface Turn {

  /** It goes; {@code missed} is what it was to wait for and does not get. */
  record Now(Optional<Prerequisite> missed) implements Turn {}

  /**
   * It stays.
   *
   * @param until when it goes if nothing happens before, milliseconds of the step's clock
   */
  record Later(long until) implements Turn {}

  /** What makes an event go before its own time. */
  enum Push {
    /** Nothing does. */
    NONE,
    /** Nothing does, and it does not go when its time is up either: it is about to be called. */
    WILL_BE_CALLED,
    /** A later event of its record is ripe: it goes unless it misses something. */
    RIPE,
    /** There is no room: it goes whatever it misses. */
    NO_ROOM
  }
}
