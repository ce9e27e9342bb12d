package io.millrace.provider;

import io.millrace.model.Assurance;
import io.millrace.model.EventFact;
import io.millrace.verify.SignedParts;
import io.millrace.verify.Verification;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody can do who has seen one genuine request of a provider, such as at a proxy, and
 * knows no secret besides it.
 */
public final class SeenOnce {
  private SeenOnce() {}

  /** In a few words that complete "can ...", derived from the entry. */
  public static String inWords(Provider provider) {
    Verification verification = provider.verification();
    SignedParts signed = verification.signedParts();
    if (verification.assurance() != Assurance.BODY_SIGNED && signed.body()) {
      return "send anything: the request shows the key";
    }
    return signed.body() ? repeat(provider) : unsignedBody(verification);
  }

  private static String unsignedBody(Verification verification) {
    if (verification.signsFirstElementOnly()) {
      return "add elements after its first one";
    }
    if (verification instanceof Verification.Signed scheme && scheme.signed().comesOnce()) {
      return "send another body with its token, at an edge that does not remember it";
    }
    if (verification instanceof Verification.None) {
      return "send anything from an allowed address, as anyone there can";
    }
    return verification.limitsAge() ? "send anything until its token is too old" : "send anything";
  }

  private static String repeat(Provider provider) {
    String until = provider.verification().limitsAge() ? " until it is too old" : "";
    Set<EventFact> unsigned = provider.unsignedFacts();
    if (unsigned.isEmpty()) {
      return "repeat it" + until + split(provider.verification());
    }
    String changed =
        unsigned.stream()
            .map(EventFact::label)
            .collect(Collectors.joining(" and ", "repeat it with another ", ""));
    return changed
        + until
        + (isRemembered(unsigned) ? ", at an edge that does not remember it" : "");
  }

  /** The names and values of a sorted form are signed without anything between them. */
  private static String split(Verification verification) {
    return verification instanceof Verification.Signed scheme && scheme.signed().joinsForm()
        ? ", or move letters between names and values of its form"
        : "";
  }

  /** An edge remembers the id and type that came with signed bytes. */
  private static boolean isRemembered(Set<EventFact> unsigned) {
    return unsigned.contains(EventFact.ID) || unsigned.contains(EventFact.TYPE);
  }
}
