package io.millrace.provider;

import io.millrace.normalize.mapping.EventExtraction;
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
 * @param reply what it wants to be answered once its delivery is safe
 * @param retryHorizon how long after the first attempt it may still send a delivery again
 * @param responseLimit how long it waits for an answer; empty where nobody knows
 * @param anyAnswerIsSuccess whether no answer makes it send a delivery again, not even 503: it
 *     takes every status for success, or gives up at once
 * @param written the whole entry as its file has it, in JSON: for people who want to see it
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
    Duration retryHorizon,
    Optional<Duration> responseLimit,
    boolean anyAnswerIsSuccess,
    String written) {
  public Provider {
    aliases = List.copyOf(aliases);
  }

  /** Whether two deliveries with the same body have the same events. */
  public boolean identifiesByBody() {
    return events.identifiesByBody();
  }
}
