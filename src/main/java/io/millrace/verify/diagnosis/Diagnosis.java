package io.millrace.verify.diagnosis;

import io.millrace.model.Reason;
import io.millrace.verify.KeyFormat;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.TimestampUnit;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verification;
import io.millrace.verify.Verifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out why a request that should verify does not, by trying common mistakes. Every hint is
 * confirmed by a successful verification, and none contains a secret or anything derived from one.
 */
public final class Diagnosis {
  private final Verification verification;
  private final SignedRequest request;
  private final List<Secret> secrets;
  private final Instant now;
  private final List<String> hints = new ArrayList<>();

  private Diagnosis(
      Verification verification, SignedRequest request, List<Secret> secrets, Instant now) {
    this.verification = verification;
    this.request = request;
    this.secrets = secrets;
    this.now = now;
  }

  /**
   * Returns the changes that make a refused request verify, one sentence each; empty if none of
   * those tried does.
   */
  public static List<String> of(
      Verification verification, SignedRequest request, List<Secret> secrets, Instant now) {
    Diagnosis diagnosis = new Diagnosis(verification, request, secrets, now);
    // A valid signature that is only too old would pass every other attempt as well.
    boolean hasValidSignature = diagnosis.isRight(verification, request, secrets);
    if (!hasValidSignature) {
      diagnosis.trySecrets();
      diagnosis.tryBodies();
      diagnosis.tryUrls();
    }
    if (verification instanceof Verification.Signed signed) {
      if (!hasValidSignature) {
        diagnosis.tryKeys(signed);
      }
      diagnosis.tryUnits(signed);
    }
    return List.copyOf(diagnosis.hints);
  }

  private void trySecrets() {
    for (Secret secret : secrets) {
      Secret always =
          new Secret(
              secret.reference(), secret.value(), Optional.empty(), Optional.empty(), secret.use());
      if (!secret.isActive(now) && isRight(verification, request, List.of(always))) {
        hints.add(
            "it was signed with %s, which is not active at this time (notBefore %s, notAfter %s)"
                .formatted(secret.reference(), date(secret.notBefore()), date(secret.notAfter())));
      }
      Secret stripped =
          new Secret(
              secret.reference(),
              secret.value().strip(),
              Optional.empty(),
              Optional.empty(),
              secret.use());
      if (!stripped.value().equals(secret.value())
          && isRight(verification, request, List.of(stripped))) {
        hints.add(
            "the secret %s has surrounding white space that the sender's does not have; remove it"
                .formatted(secret.reference()));
      }
    }
  }

  private void tryBodies() {
    List<String> found = new ArrayList<>();
    for (BodyVariation variation : BodyVariation.values()) {
      variation
          .of(request.body())
          .map(body -> new SignedRequest(request.method(), request.url(), request.headers(), body))
          .filter(other -> isRight(verification, other, secrets))
          .ifPresent(other -> found.add(variation.hint()));
    }
    found.stream().findFirst().ifPresent(hints::add);
  }

  private void tryUrls() {
    UrlVariations.of(request.url()).stream()
        .filter(
            url ->
                isRight(
                    verification,
                    new SignedRequest(request.method(), url, request.headers(), request.body()),
                    secrets))
        .findFirst()
        .ifPresent(
            url ->
                hints.add(
                    ("the sender signed another URL, %s; set publicUrl of the source to the URL"
                            + " configured at the sender")
                        .formatted(url.split("[?#]", 2)[0] + (url.contains("?") ? "?..." : ""))));
  }

  /** If another format of the secret gives the sender's key, the secret is another provider's. */
  private void tryKeys(Verification.Signed signed) {
    for (KeyFormat.Kind kind : KeyFormat.Kind.values()) {
      for (Optional<String> prefix : List.of(Optional.<String>empty(), Optional.of("whsec_"))) {
        KeyFormat format = new KeyFormat(kind, prefix, signed.key().labelled());
        if (!format.equals(signed.key()) && isRight(signed.withKey(format), request, secrets)) {
          hints.add(
              ("it verifies if the secret is read as %s, but this provider's format is %s: it is"
                      + " another provider's secret, or the sender uses it incorrectly")
                  .formatted(inWords(format), inWords(signed.key())));
          return;
        }
      }
    }
  }

  private void tryUnits(Verification.Signed signed) {
    for (TimestampUnit unit : TimestampUnit.values()) {
      boolean other = signed.timestamp().filter(rule -> rule.unit() != unit).isPresent();
      if (other && isInTime(signed.withUnit(unit))) {
        hints.add(
            "the time is written in %s, but this provider writes it in %s"
                .formatted(inWords(unit), inWords(signed.timestamp().orElseThrow().unit())));
      }
    }
  }

  private boolean isInTime(Verification tried) {
    return new Verifier(tried).verify(request, secrets, now) instanceof Verdict.Verified;
  }

  /** The key was right: only a request with a valid signature can be stale. */
  private boolean isRight(Verification tried, SignedRequest with, List<Secret> by) {
    return switch (new Verifier(tried).verify(with, by, now)) {
      case Verdict.Verified verified -> true;
      case Verdict.Refused refused -> refused.reason() == Reason.STALE;
    };
  }

  private static String inWords(KeyFormat format) {
    String kind =
        format.kind() == KeyFormat.Kind.UTF8
            ? "plain text"
            : format.kind().name().toLowerCase(Locale.ROOT);
    return format.prefix().map(prefix -> kind + " after " + prefix).orElse(kind);
  }

  private static String inWords(TimestampUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private static String date(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse("not set");
  }
}
