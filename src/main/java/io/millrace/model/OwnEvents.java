package io.millrace.model;

import io.millrace.event.Event;

/**
 * Events that no sender sent: Millrace itself raises them. They belong to no delivery, so that
 * whoever balances events with deliveries leaves them out.
 */
public final class OwnEvents {
  /** Their source; no connected source may bear this name. */
  public static final String SOURCE = "millrace";

  private OwnEvents() {}

  /** Whether Millrace raised the event itself. */
  public static boolean is(Event event) {
    return event.getSource().equals(SOURCE);
  }
}
