package io.millrace.edge.admit;

import io.millrace.edge.wire.Problem;
import io.millrace.model.EventFact;
import io.millrace.model.Reason;
import io.millrace.source.Source;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.time.Instant;
import java.util.List;

/**
 * A source, with everything needed to check its requests.
 *
 * @param unsignedFacts what its events say that no signature covers, as records name it
 */
public record ConnectedSource(
    Source source,
    Verifier verifier,
    AllowList allowed,
    Credentials credentials,
    CapturedSecret captured,
    ReplayMemory replayMemory,
    UnsignedWords unsignedWords,
    List<String> unsignedFacts) {

  public static ConnectedSource of(Source source) {
    return new ConnectedSource(
        source,
        new Verifier(source.provider().verification()),
        AllowList.of(source.allow()),
        Credentials.of(source.provider().verification()),
        new CapturedSecret(source),
        ReplayMemory.of(source.provider()),
        UnsignedWords.of(source.provider()),
        source.provider().unsignedFacts().stream().map(EventFact::label).toList());
  }

  public String name() {
    return source.name();
  }

  /** Refuses a request from an address that is not allowed for the source. */
  public void checkAddress(Client client) {
    if (!allowed.allows(client.address())) {
      throw Problem.of(
              Reason.ADDRESS_NOT_ALLOWED,
              ("The address %s, taken from %s, is not in the source's allow list; if it is the"
                      + " sender's, add it there; if it is your proxy's, add it to"
                      + " edge.trusted.proxies")
                  .formatted(client.address(), client.origin()))
          .at(name())
          .toException();
    }
  }

  public Verdict verify(SignedRequest request, Instant now) {
    return source.weigh(verifier.verify(request, captured.secrets(), now));
  }
}
