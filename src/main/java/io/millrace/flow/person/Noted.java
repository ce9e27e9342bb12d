package io.millrace.flow.person;

import io.millrace.event.IdentifierState;
import java.util.List;
import java.util.Optional;

/** What an event or a sighting changes at the home of its strongest identifier. */
record Noted(
    Naming naming,
    Optional<IdentifierState> before,
    Optional<IdentifierState> changed,
    List<Links.Change> links) {
  IdentifierState state() {
    return changed.or(() -> before).orElseThrow();
  }
}
