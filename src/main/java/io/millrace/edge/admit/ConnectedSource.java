package io.millrace.edge.admit;

import io.millrace.edge.wire.Problem;
import io.millrace.model.Reason;
import io.millrace.source.Source;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.time.Instant;

/** A source, with what it takes to judge its requests. */
public record ConnectedSource(
    Source source,
    Verifier verifier,
    AllowList allowed,
    Credentials credentials,
    CapturedSecret captured,
    ReplayMemory replayMemory) {

  public static ConnectedSource of(Source source) {
    return new ConnectedSource(
        source,
        new Verifier(source.provider().verification()),
        AllowList.of(source.allow()),
        Credentials.of(source.provider().verification()),
        new CapturedSecret(source),
        ReplayMemory.of(source.provider()));
  }

  public String name() {
    return source.name();
  }

  /** Refuses an address the source may not send from. */
  public void checkAddress(Client client) {
    if (!allowed.allows(client.address())) {
      throw Problem.of(
              Reason.ADDRESS_NOT_ALLOWED,
              ("The address %s, taken from %s, is not in the source's allow list; add it if it is"
                      + " the sender's, or to edge.trusted.proxies if it is your proxy's")
                  .formatted(client.address(), client.origin()))
          .at(name())
          .toException();
    }
  }

  public Verdict verify(SignedRequest request, Instant now) {
    return source.weigh(verifier.verify(request, captured.secrets(), now));
  }
}
