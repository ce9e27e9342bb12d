package io.millrace.verify;

import io.millrace.rule.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<Secret, Optional<KeyMaterial>> keys = new ConcurrentHashMap<>();

  public Verifier(Verification verification) {
    this.verification = verification;
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
    try {
      return switch (verification) {
        case Verification.Signed signed ->
            new SignatureCheck(signed, request, now, steps).judge(activeKeys(secrets, now, steps));
        case Verification.Token token ->
            new CredentialCheck(steps).judge(token, request, active(secrets, now));
        case Verification.Basic basic ->
            new CredentialCheck(steps).judgeBasic(request, active(secrets, now));
        case Verification.None none -> {
          steps.accept("this provider proves nothing, so there was nothing to check");
          yield new Verdict.Verified(none.assurance(), Optional.empty());
        }
      };
    } catch (Refusal refusal) {
      return new Verdict.Refused(refusal.reason(), refusal.explanation());
    }
  }

  /**
   * Checks that a secret can be used with this scheme, to be called when it is loaded.
   *
   * @throws InvalidSecretException saying why it cannot
   */
  public void check(Secret secret) throws InvalidSecretException {
    switch (verification) {
      case Verification.Signed signed -> KeyMaterial.of(signed.algorithm(), signed.key(), secret);
      case Verification.Token token -> CredentialCheck.bytes(secret);
      case Verification.Basic basic -> {
        CredentialCheck.bytes(secret);
        if (secret.value().indexOf(':') < 1) {
          throw new InvalidSecretException("it is not of the form user:password");
        }
      }
      case Verification.None none -> {}
    }
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

  private List<ActiveKey> activeKeys(List<Secret> secrets, Instant now, Consumer<String> steps) {
    List<ActiveKey> usable = new ArrayList<>();
    for (Secret secret : secrets) {
      Optional<KeyMaterial> key = keys.computeIfAbsent(secret, this::key);
      if (key.isEmpty()) {
        steps.accept(
            "secret " + secret.reference() + ": cannot be a key for this provider, left out");
      } else if (!secret.isActive(now)) {
        steps.accept("secret " + secret.reference() + ": not active at this time, left out");
      } else {
        usable.add(new ActiveKey(secret.reference(), key.get()));
      }
    }
    return usable;
  }

  private Optional<KeyMaterial> key(Secret secret) {
    try {
      return verification instanceof Verification.Signed signed
          ? Optional.of(KeyMaterial.of(signed.algorithm(), signed.key(), secret))
          : Optional.empty();
    } catch (InvalidSecretException unusable) {
      return Optional.empty();
    }
  }

  /** A key that counts now, and where it came from. */
  record ActiveKey(String reference, KeyMaterial key) {}

  /** Why there was nothing to judge by. */
  static Refusal noSecret() {
    return new Refusal(
        Reason.NO_SECRET,
        "No secret is active at this time; check notBefore and notAfter of the source's secrets");
  }
}
