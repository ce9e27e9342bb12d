package io.millrace.edge.inspect;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A request to a source and its outcome, as shown to people.
 *
 * @param id the request's own id, even if it did not become a delivery
 * @param url the masked URL
 * @param content the masked content; masking is costly, so this and the URL are masked on demand
 * @param mayContain whether a text in lower case is in the content before masking, which is faster
 */
public record InspectedDelivery(
    String id,
    Summary summary,
    Supplier<String> url,
    Supplier<Content> content,
    Predicate<String> mayContain) {

  /**
   * Everything except the content.
   *
   * @param source the connected source, or {@link Inspector#UNKNOWN_SOURCE}
   * @param status the HTTP status of the answer
   * @param verdict why the request was refused, or what was proved
   * @param deliveryId the id of the delivery, if it got one
   * @param bodyBytes how many bytes of the body were read
   * @param truncated whether the content has only part of the body that was sent
   */
  public record Summary(
      String source,
      Instant receivedAt,
      String remoteAddress,
      String method,
      Result result,
      int status,
      Verdict verdict,
      Optional<String> deliveryId,
      int bodyBytes,
      boolean truncated) {}

  /** How a request ended. */
  public enum Result {
    /** Genuine and stored in the log. */
    VERIFIED,
    /** A handshake that was answered; not a delivery. */
    HANDSHAKE,
    REFUSED;

    /** The name that operators use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Finds the result with a label. */
    public static Optional<Result> labelled(String label) {
      return Stream.of(values()).filter(result -> result.label().equals(label)).findFirst();
    }
  }

  /**
   * What the verification found, as far as it is known.
   *
   * @param reason the name of the reason for a refusal
   * @param secret the reference of the secret that proved it, never its value
   */
  public record Verdict(
      Optional<String> reason,
      Optional<String> explanation,
      Optional<String> assurance,
      Optional<String> secret) {}

  /**
   * The request, with everything masked that is or may be a credential.
   *
   * @param headers by name in lower case
   * @param body the part of the body that is kept; must not be modified
   */
  // An array, because copying every body is costly and contents are never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Content(String url, Map<String, List<String>> headers, byte[] body) {
    public Content {
      headers = Map.copyOf(headers);
    }
  }
}
