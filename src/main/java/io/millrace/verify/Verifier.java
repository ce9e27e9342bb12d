package io.millrace.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Verifies requests by one verification scheme. Thread-safe.
 *
 * <p>Missing or malformed values are reported first, because no secret is needed to see them. Then
 * comes the signature, and only then the age: a request counts as stale only if its signature is
 * valid. So an answer reveals nothing to senders without a secret, and the number of stale requests
 * counts late senders and replays, not noise.
 */
public final class Verifier {
  private final Verification verification;
  private final String use;
  private final KeyRing keys;
  private final List<Verifier> members;

  public Verifier(Verification verification) {
    this(verification, Secret.VERIFICATION);
  }

  private Verifier(Verification verification, String use) {
    this.verification = verification;
    this.use = use;
    this.keys = new KeyRing(this::key);
    this.members =
        verification instanceof CombinedVerification combined
            ? combined.members().stream()
                .map(member -> new Verifier(member.verification(), member.use()))
                .toList()
            : List.of();
  }

  /**
   * Verifies a request. Never throws because of its content.
   *
   * @param secrets every configured secret, active or not; one that cannot be a key never matches
   * @param now the time of verification
   */
  public Verdict verify(SignedRequest request, List<Secret> secrets, Instant now) {
    return verify(request, secrets, now, step -> {});
  }

  /**
   * Verifies a request and reports each step. Steps never contain a secret or a correct signature.
   */
  public Verdict verify(
      SignedRequest request, List<Secret> secrets, Instant now, Consumer<String> steps) {
    if (verification instanceof CombinedVerification combined) {
      return CombinedCheck.verdict(
          combined.need(), judgeMembers(request, secrets, now, steps), steps);
    }
    try {
      return judge(request, ofThisUse(secrets, steps), now, steps);
    } catch (Refusal refusal) {
      return new Verdict.Refused(refusal.reason(), refusal.explanation());
    }
  }

  private Verdict judge(
      SignedRequest request, List<Secret> secrets, Instant now, Consumer<String> steps) {
    return switch (verification) {
      case Verification.Signed signed ->
          new SignatureCheck(signed, request, now, steps).judge(keys.active(secrets, now, steps));
      case JwtVerification jwt ->
          new JwtCheck(jwt, request, now, steps).judge(keys.active(secrets, now, steps));
      case Verification.Token token ->
          new CredentialCheck(steps).judge(token, request, active(secrets, now));
      case Verification.Basic basic ->
          new CredentialCheck(steps).judgeBasic(request, active(secrets, now));
      case Verification.None none -> {
        steps.accept("requests of this provider prove nothing, so there was nothing to check");
        yield new Verdict.Verified(none.assurance(), Optional.empty());
      }
      case CombinedVerification combined ->
          throw new IllegalStateException("A combination is verified by its members");
    };
  }

  /** Verifies by all members, even after one has passed, so that the explanation is complete. */
  private List<CombinedCheck.Judged> judgeMembers(
      SignedRequest request, List<Secret> secrets, Instant now, Consumer<String> steps) {
    List<CombinedCheck.Judged> judged = new ArrayList<>();
    for (Verifier member : members) {
      judged.add(
          new CombinedCheck.Judged(
              member.verification.summary(), member.verify(request, secrets, now, steps)));
    }
    return judged;
  }

  /**
   * Checks that a secret can be used with this scheme; called when it is loaded.
   *
   * @throws InvalidSecretException if it cannot; the message says why
   */
  public void check(Secret secret) throws InvalidSecretException {
    if (secret.use().equals(Secret.HANDSHAKE)) {
      CredentialCheck.bytes(secret);
      return;
    }
    if (!members.isEmpty()) {
      checkMembers(secret);
      return;
    }
    if (!secret.use().equals(use)) {
      throw new InvalidSecretException("this scheme has no secret with the use " + secret.use());
    }
    switch (verification) {
      case Verification.Signed signed -> keys.check(secret);
      case JwtVerification jwt -> keys.check(secret);
      case Verification.Token token -> CredentialCheck.bytes(secret);
      case Verification.Basic basic -> CredentialCheck.requireUserAndPassword(secret);
      case Verification.None none -> {}
      case CombinedVerification combined -> {}
    }
  }

  /** Checks that at least one member can use the secret. */
  private void checkMembers(Secret secret) throws InvalidSecretException {
    InvalidSecretException reason =
        new InvalidSecretException("this scheme has no secret with the use " + secret.use());
    for (Verifier member : members) {
      try {
        member.check(secret);
        return;
      } catch (InvalidSecretException unusable) {
        reason = member.hasUse(secret.use()) ? unusable : reason;
      }
    }
    throw reason;
  }

  private boolean hasUse(String other) {
    return members.isEmpty() ? use.equals(other) : verification.uses().contains(other);
  }

  private List<Secret> ofThisUse(List<Secret> secrets, Consumer<String> steps) {
    List<Secret> counting = new ArrayList<>();
    for (Secret secret : secrets) {
      if (secret.use().equals(use)) {
        counting.add(secret);
      } else {
        steps.accept("secret " + secret.reference() + ": is for " + secret.use() + ", ignored");
      }
    }
    return counting;
  }

  private List<Secret> active(List<Secret> secrets, Instant now) {
    return secrets.stream().filter(secret -> isUsable(secret) && secret.isActive(now)).toList();
  }

  /** Unusable secrets were refused when they were loaded; here they simply match nothing. */
  private boolean isUsable(Secret secret) {
    try {
      check(secret);
      return true;
    } catch (InvalidSecretException unusable) {
      return false;
    }
  }

  private KeyMaterial key(Secret secret) throws InvalidSecretException {
    return switch (verification) {
      case Verification.Signed signed -> KeyMaterial.of(signed.algorithm(), signed.key(), secret);
      case JwtVerification jwt -> jwt.algorithm().key(jwt.key(), secret);
      case Verification.Token token -> throw noKey();
      case Verification.Basic basic -> throw noKey();
      case Verification.None none -> throw noKey();
      case CombinedVerification combined -> throw noKey();
    };
  }

  private static InvalidSecretException noKey() {
    return new InvalidSecretException("this scheme has no keys");
  }
}
