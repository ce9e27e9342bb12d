package io.millrace.provider;

import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.verify.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of sender: how its requests are verified and what they contain.
 *
 * @param name the name that sources use; a variant has the provider's name as a prefix ({@code
 *     hubspot-v1})
 * @param aliases other names for it
 * @param handshake how it checks the address before it sends deliveries
 * @param reply the answer it expects once its delivery is stored
 * @param retryHorizon how long after the first attempt it may still retry a delivery
 * @param responseLimit how long it waits for an answer; empty if unknown
 * @param anyAnswerIsSuccess whether it never retries a delivery, not even after 503: it treats
 *     every status as success, or gives up immediately
 * @param written the whole entry of its file as JSON, for display
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

  /**
   * Whether no program of anybody else agrees with how it is verified: what signs in our tests and
   * what verifies come from the same reading of its authority. A presented secret is not computed,
   * and what we defined ourselves is not read from anywhere.
   */
  public boolean isOwnReading() {
    boolean isComputed =
        switch (verification.assurance()) {
          case BODY_SIGNED, PARTIAL -> true;
          case SHARED_SECRET, NETWORK, NONE -> false;
        };
    return isComputed
        && evidence
            .of(Evidence.Fact.VERIFICATION)
            .map(Evidence.Authority::proof)
            .filter(proof -> !proof.isAgreement() && proof != Evidence.Proof.OURS)
            .isPresent();
  }

  /** Whether two deliveries with the same body contain the same events. */
  public boolean identifiesByBody() {
    return events.identifiesByBody();
  }
}
