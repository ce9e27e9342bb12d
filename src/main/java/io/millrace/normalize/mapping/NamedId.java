package io.millrace.normalize.mapping;

import java.util.Optional;

/**
 * An id that an event gives a person or an account.
 *
 * @param kind its name without {@code _id}
 * @param system the system that gave it, where it is not the event's
 */
public record NamedId(String kind, Optional<String> system, String value) {
  /** Its name among an event's external ids. */
  public String externalName() {
    return system.map(named -> named + ':').orElse("") + kind + "_id";
  }
}
