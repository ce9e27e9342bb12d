package io.millrace.edge.admit;

import io.millrace.model.Assurance;
import io.millrace.provider.Provider;
import io.millrace.verify.Verification;

/**
 * What has to be remembered of a source's deliveries to recognise a replay, depending on how its
 * provider signs.
 */
public enum ReplayMemory {
  /**
   * Nothing: the signature's age is limited, or nothing signed distinguishes a new delivery from an
   * old one, so refusing a repeat could lose a delivery.
   */
  NOTHING,
  /** Single-use tokens, and the body each came with, which the signature does not cover. */
  TOKENS,
  /** Signed bodies, each of which always contains the same events. */
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
