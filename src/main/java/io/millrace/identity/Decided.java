package io.millrace.identity;

import io.millrace.event.LinkedIdentifier;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A decision about an identifier, or about it and another one.
 *
 * @param other the other one; empty for a decision about the identifier itself
 */
record Decided(Optional<LinkedIdentifier> other, Decision decision, Instant at) {
  private static final Comparator<Decided> LATEST =
      Comparator.comparing(Decided::at).thenComparing(Decided::decision);

  /** Of two decisions of the same instant the later one in this list counts. */
  enum Decision {
    WITHDRAWN,
    JOIN,
    SPLIT,
    BLOCK,
    ERASED;

    boolean isAboutPair() {
      return this == JOIN || this == SPLIT;
    }

    boolean isAboutOne() {
      return this == BLOCK || this == ERASED;
    }
  }

  boolean isLaterThan(Decided known) {
    return LATEST.compare(this, known) > 0;
  }
}
