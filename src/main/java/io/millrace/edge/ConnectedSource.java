package io.millrace.edge;

import io.millrace.rule.Assurance;
import io.millrace.rule.Reason;
import io.millrace.source.Source;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A source, with what it takes to judge its requests. */
record ConnectedSource(
    Source source,
    Verifier verifier,
    AllowList allowed,
    Credentials credentials,
    CapturedSecret captured,
    ReplayMemory replayMemory) {

  static ConnectedSource of(Source source) {
    return new ConnectedSource(
        source,
        new Verifier(source.provider().verification()),
        AllowList.of(source.allow()),
        Credentials.of(source.provider().verification()),
        new CapturedSecret(source),
        ReplayMemory.of(source.provider()));
  }

  String name() {
    return source.name();
  }

  /**
   * Refuses an address the source may not send from.
   *
   * @param address of the connection itself; what a proxy says about an address is not believed
   */
  void checkAddress(String address) {
    if (!allowed.allows(address)) {
      throw Problem.of(
              Reason.ADDRESS_NOT_ALLOWED,
              "The address "
                  + address
                  + " is not in the source's allow list; add it if it is right")
          .at(name())
          .toException();
    }
  }

  /**
   * How long a repeat is nothing to wonder at: its sender may retry, and the flow knows its events.
   */
  Duration repeatHorizon() {
    Duration retries = source.provider().retryHorizon();
    return retries.compareTo(source.dedupeWindow()) > 0 ? retries : source.dedupeWindow();
  }

  /** The verdict; a sender that proves nothing but its address has proved that. */
  Verdict verify(SignedRequest request, Instant now) {
    Verdict verdict = verifier.verify(request, captured.secrets(), now);
    if (!(verdict instanceof Verdict.Verified verified)) {
      return verdict;
    }
    boolean addressOnly = verified.assurance() == Assurance.NONE && !allowed.isEmpty();
    Verdict.Verified proved =
        addressOnly ? new Verdict.Verified(Assurance.NETWORK, Optional.empty()) : verified;
    return source
        .requiredAssurance()
        .filter(required -> proved.assurance().compareTo(required) > 0)
        .<Verdict>map(required -> tooLittle(proved.assurance(), required))
        .orElse(proved);
  }

  private static Verdict tooLittle(Assurance proved, Assurance required) {
    return new Verdict.Refused(
        Reason.PROVES_TOO_LITTLE,
        "The request proves " + proved + ", and the source's file requires " + required);
  }
}
