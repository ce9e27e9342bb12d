package io.millrace.flow.order;

import java.util.Optional;

/** The decision about the first of a record's waiting events. */
public sealed interface Turn {

  /** It is emitted; {@code missed} is a prerequisite that is still missing. */
  record Now(Optional<Prerequisite> missed) implements Turn {}

  /**
   * It keeps waiting.
   *
   * @param until when it is emitted if nothing happens before, milliseconds of the step's clock
   */
  record Later(long until) implements Turn {}

  /** Why an event may be released before it is due. */
  enum Urgency {
    /** There is no reason. */
    NONE,
    /** Not even when it is due: it is about to be released in its own turn. */
    DEFERRED,
    /** A later event of its record is due: it is released unless a prerequisite is missing. */
    RIPE,
    /** Too many events are waiting: it is released even if a prerequisite is missing. */
    OVER_LIMIT
  }
}
