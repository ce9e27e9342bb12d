package io.millrace.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * A secret shared with a sender, or the sender's public key, with its validity. Several can be
 * active at once during a rotation.
 *
 * @param reference where it comes from ({@code env:NAME} or {@code file:PATH}); safe to show
 * @param value the secret itself, as its provider shows it; never displayed
 * @param notBefore when it becomes active, inclusive
 * @param notAfter when it ends, exclusive
 * @param use what it is for: {@link #VERIFICATION}, {@link #HANDSHAKE}, or a provider's name for
 *     one of several kinds of secrets
 */
public record Secret(
    String reference,
    String value,
    Optional<Instant> notBefore,
    Optional<Instant> notAfter,
    String use) {
  /** It verifies deliveries; the default use. */
  public static final String VERIFICATION = "verification";

  /** It is used only for handshakes, such as a verify token; it never proves a delivery. */
  public static final String HANDSHAKE = "handshake";

  public Secret(
      String reference, String value, Optional<Instant> notBefore, Optional<Instant> notAfter) {
    this(reference, value, notBefore, notAfter, VERIFICATION);
  }

  /** Whether the secret is active at a time. */
  public boolean isActive(Instant now) {
    return notBefore.map(from -> !now.isBefore(from)).orElse(true)
        && notAfter.map(now::isBefore).orElse(true);
  }

  @Override
  public String toString() {
    return "Secret[" + reference + ", ***]";
  }
}
