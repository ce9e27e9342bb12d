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
 * @param use what it is for: {@link #VERIFICATION}, {@link #HANDSHAKE}, or the name a provider that
 *     takes several kinds of secret gives to one of them
 */
public record Secret(
    String reference,
    String value,
    Optional<Instant> notBefore,
    Optional<Instant> notAfter,
    String use) {
  /** Deliveries are judged by it; the use of a secret that names none. */
  public static final String VERIFICATION = "verification";

  /** Only handshakes are answered by it, such as a verify token; it never proves a delivery. */
  public static final String HANDSHAKE = "handshake";

  public Secret(
      String reference, String value, Optional<Instant> notBefore, Optional<Instant> notAfter) {
    this(reference, value, notBefore, notAfter, VERIFICATION);
  }

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
