package io.millrace.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * A secret shared with a sender, or the sender's public key, and when it counts. Several may count
 * at once while one is being rotated out.
 *
 * @param reference where it comes from ({@code env:NAME} or {@code file:PATH}); safe to show
 * @param value the secret itself, as its provider shows it; never shown
 * @param notBefore from when on it counts, inclusive
 * @param notAfter until when it counts, exclusive
 */
public record Secret(
    String reference, String value, Optional<Instant> notBefore, Optional<Instant> notAfter) {

  /** Whether it counts at a time. */
  public boolean isActive(Instant now) {
    return notBefore.map(from -> !now.isBefore(from)).orElse(true)
        && notAfter.map(now::isBefore).orElse(true);
  }

  @Override
  public String toString() {
    return "Secret[" + reference + ", ***]";
  }
}
