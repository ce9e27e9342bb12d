package io.millrace.edge.admit;

import io.millrace.model.Assurance;
import io.millrace.provider.Provider;
import io.millrace.verify.Verification;

/** What of a source's deliveries has to be remembered to know a replay, as its provider signs. */
public enum ReplayMemory {
  /**
   * Nothing: the signature's age is limited, or nothing that is signed tells a new delivery from an
   * old one, so that to refuse a repeat could be to lose a delivery.
   */
  NOTHING,
  /** A token that comes once, and the body it came with, which the signature says nothing about. */
  TOKENS,
  /** Signed bodies, each of which always means the same events. */
  BODIES;

  static ReplayMemory of(Provider provider) {
    if (!(provider.verification() instanceof Verification.Signed scheme)) {
      return NOTHING;
    }
    if (scheme.assurance() != Assurance.BODY_SIGNED) {
      return scheme.signed().comesOnce() ? TOKENS : NOTHING;
    }
    boolean timed = scheme.timestamp().isPresent();
    return !timed && provider.identifiesByBody() ? BODIES : NOTHING;
  }
}
