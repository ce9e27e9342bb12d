package io.millrace.provider;

import io.millrace.model.EventFact;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.verify.SignedParts;
import io.millrace.verify.Verification;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** What its events say that no signature covers: the word of whoever sends them. */
  public Set<EventFact> unsignedFacts() {
    if (!verification.signedParts().body()) {
      return EnumSet.allOf(EventFact.class);
    }
    return Stream.of(EventFact.values())
        .filter(fact -> !unsignedHeaders(fact).isEmpty())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventFact.class)));
  }

  /**
   * The headers that decide a fact before the body does, although no signature covers them, in
   * lower case: for each place that reads any, those that are alternatives, in order.
   */
  public List<List<String>> unsignedHeaders(EventFact fact) {
    Set<String> signed = verification.signedParts().headers();
    return events.headers(fact).stream()
        // A signed header is always there, so those after it do not matter.
        .map(names -> names.stream().takeWhile(name -> !signed.contains(name)).toList())
        .filter(names -> !names.isEmpty())
        .toList();
  }

  /**
   * The headers that an event's type can be read from although no signature covers them; none if
   * nothing is signed, because then it is in all facts alike.
   */
  public Set<String> unsignedTypeHeaders() {
    SignedParts signed = verification.signedParts();
    return events.typeHeaders().stream()
        .filter(name -> signed.body() && !signed.headers().contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it may send one body under several types, named in a header, for one change. */
  public boolean typesShareBodies() {
    return events.typesShareBodies();
  }

  /** Whether two deliveries with the same body contain the same events. */
  public boolean identifiesByBody() {
    return events.identifiesByBody();
  }
}
