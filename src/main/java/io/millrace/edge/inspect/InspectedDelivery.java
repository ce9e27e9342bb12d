package io.millrace.edge.inspect;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A request to a source and what became of it, for people to look at.
 *
 * @param id its own, also where it became no delivery
 * @param content the masked content; masking costs, so it is done for what is looked at
 */
public record InspectedDelivery(String id, Summary summary, Supplier<Content> content) {

  /**
   * All but the content.
   *
   * @param source the connected source; {@link Inspector#UNKNOWN_SOURCE} where there is none
   * @param status the HTTP status it was answered with
   * @param verdict why it was refused, or what was proved
   * @param deliveryId the id it has in the log, where it got one
   * @param bodyBytes how many bytes of the body were read
   * @param truncated whether the content holds less than the body that was sent
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

  /** What became of it. */
  public enum Result {
    /** Genuine, and the log has it. */
    VERIFIED,
    /** Answered a question of its sender; it is no delivery. */
    HANDSHAKE,
    REFUSED;

    /** As operators write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this label. */
    public static Optional<Result> labelled(String label) {
      return Stream.of(values()).filter(result -> result.label().equals(label)).findFirst();
    }
  }

  /**
   * What was found out about it; each part is there as far as it is known.
   *
   * @param reason the name of the reason it was refused for
   * @param secret the reference of the secret that proved it, never its value
   */
  public record Verdict(
      Optional<String> reason,
      Optional<String> explanation,
      Optional<String> assurance,
      Optional<String> secret) {}

  /**
   * The request with everything masked that is or may be a credential.
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
