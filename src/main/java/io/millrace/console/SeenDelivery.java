package io.millrace.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request to a source and what became of it.
 *
 * @param source {@code -} where no such source is connected
 * @param outcome {@code verified}, {@code handshake} or {@code refused}
 * @param status the HTTP status it was answered with
 * @param bodyBytes how many bytes of the body were read
 * @param truncated whether the content holds less than the body that was sent
 * @param content masked already
 */
public record SeenDelivery(
    String id,
    String source,
    Instant receivedAt,
    String remoteAddress,
    String method,
    String outcome,
    int status,
    Verdict verdict,
    Optional<String> deliveryId,
    int bodyBytes,
    boolean truncated,
    Supplier<Content> content) {
  /** What an outcome can be. */
  public static final List<String> OUTCOMES = List.of("verified", "handshake", "refused");

  /**
   * What was found out about it; each part is there as far as it is known.
   *
   * @param secret the reference of the secret that proved it
   */
  public record Verdict(
      Optional<String> reason,
      Optional<String> explanation,
      Optional<String> assurance,
      Optional<String> secret) {}

  /**
   * The request itself.
   *
   * @param headers by name in lower case
   * @param body as much of it as is kept; not to be changed
   */
  // An array, because a copy of every body would cost, and contents are never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Content(String url, Map<String, List<String>> headers, byte[] body) {
    public Content {
      headers = Map.copyOf(headers);
    }
  }
}
