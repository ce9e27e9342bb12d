package io.millrace.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges requests by one verification scheme. Safe for use by many threads.
 *
 * <p>What is missing or malformed is said first: it takes no secret to see it. Then the signature,
 * and only then the age: a request counts as stale only if it was truly signed, so whoever holds no
 * secret learns nothing from the answer, and a count of stale requests is a count of late senders
 * or replays, not of noise.
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
   * Never throws for anything a request holds.
   *
   * @param secrets every configured secret, active or not; one that cannot be a key never matches
   * @param now the time to judge by
   */
  public Verdict verify(SignedRequest request, List<Secret> secrets, Instant now) {
    return verify(request, secrets, now, step -> {});
  }

  /**
   * The same, telling step by step what was found. Steps never hold a secret or what a right
   * signature would have been.
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
        steps.accept("this provider proves nothing, so there was nothing to check");
        yield new Verdict.Verified(none.assurance(), Optional.empty());
      }
      case CombinedVerification combined ->
          throw new IllegalStateException("Combined ways to verify are judged by their members");
    };
  }

  /** Judges all of them, whichever passed before, so that the explanation is complete. */
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
   * Checks that a secret can be used with this scheme, to be called when it is loaded.
   *
   * @throws InvalidSecretException saying why it cannot
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
      throw new InvalidSecretException("no secret for the use " + secret.use() + " is known here");
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

  /** It is of use if one of the members can use it. */
  private void checkMembers(Secret secret) throws InvalidSecretException {
    InvalidSecretException reason =
        new InvalidSecretException("no secret for the use " + secret.use() + " is known here");
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
        steps.accept("secret " + secret.reference() + ": is for " + secret.use() + ", left out");
      }
    }
    return counting;
  }

  private List<Secret> active(List<Secret> secrets, Instant now) {
    return secrets.stream().filter(secret -> isUsable(secret) && secret.isActive(now)).toList();
  }

  /** An unusable secret was refused when it was loaded; here it only matches nothing. */
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
