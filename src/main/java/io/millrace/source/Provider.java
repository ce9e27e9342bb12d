package io.millrace.source;

import io.millrace.verify.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of sender: how its requests are verified and what they hold.
 *
 * @param name as sources name it; a variant has the provider's name before its own ({@code
 *     hubspot-v1})
 * @param aliases other names it is found under
 * @param handshake what it asks before it sends anything
 * @param retryHorizon how long after the first attempt it may still send a delivery again
 */
public record Provider(
    String name,
    String title,
    List<String> aliases,
    Evidence evidence,
    Verification verification,
    Optional<Handshake> handshake,
    Reply reply,
    EventExtraction events,
    Duration retryHorizon) {
  public Provider {
    aliases = List.copyOf(aliases);
  }
}
