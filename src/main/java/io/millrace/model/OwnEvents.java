package io.millrace.model;

import io.millrace.event.Event;

/**
 * Events that Millrace itself raises. They belong to no delivery, so a comparison of events with
 * deliveries excludes them.
 */
public final class OwnEvents {
  /** Their source; no connected source may have this name. */
  public static final String SOURCE = "millrace";

  private OwnEvents() {}

  /** Whether Millrace raised the event itself. */
  public static boolean is(Event event) {
    return event.getSource().equals(SOURCE);
  }
}
