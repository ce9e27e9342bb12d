package io.millrace.cli.identity;

import io.millrace.event.Identifier;
import java.util.Optional;

/**
 * An identifier that somebody may have meant.
 *
 * @param id its opaque id
 * @param named what was typed, in the form in which it is compared; empty if the id was typed
 */
record Candidate(String id, Optional<Identifier> named) {
  static Candidate of(Identifier identifier) {
    return new Candidate(identifier.getId(), Optional.of(identifier));
  }

  /** As messages name it. */
  String inWords() {
    return named.map(Names::of).orElse(id);
  }
}
