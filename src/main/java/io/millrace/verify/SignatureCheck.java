package io.millrace.verify;

import io.millrace.rule.Reason;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Judges one request by a signature scheme. */
final class SignatureCheck {
  /** DocuSign sends up to a hundred; more is an attempt to make us work. */
  private static final int MAX_SIGNATURES = 100;

  private final Verification.Signed scheme;
  private final SignedRequest request;
  private final Instant now;
  private final Consumer<String> steps;

  SignatureCheck(
      Verification.Signed scheme, SignedRequest request, Instant now, Consumer<String> steps) {
    this.scheme = scheme;
    this.request = request;
    this.now = now;
    this.steps = steps;
  }

  /** The time as the sender wrote it, and what it means. */
  private record SignedTime(String text, Instant instant) {}

  Verdict judge(List<Verifier.ActiveKey> keys) {
    List<SignatureParts> parts = readSignatures();
    List<byte[]> signatures = decode(parts);
    Optional<SignedTime> time = scheme.timestamp().map(rule -> readTime(rule, parts));
    Optional<String> timeText = time.map(SignedTime::text);
    List<byte[]> contents = scheme.signed().render(request, timeText, new byte[0]);
    steps.accept(
        "signed text: "
            + scheme.signed()
            + ", "
            + contents.getFirst().length
            + (holdsSecret() ? " bytes and the secret" : " bytes"));
    checkBodyIsCovered();
    if (keys.isEmpty()) {
      throw Verifier.noSecret();
    }
    String reference =
        matchingSecret(
            keys,
            signatures,
            key ->
                holdsSecret()
                    ? scheme.signed().render(request, timeText, key.secretBytes())
                    : contents);
    scheme.timestamp().ifPresent(rule -> checkAge(rule, time.orElseThrow().instant()));
    Optional<Instant> unlimited =
        scheme.timestamp().filter(rule -> !rule.enforced()).flatMap(rule -> time).map(SignedTime::instant);
    SignedText signed = SignedText.of(contents.getFirst(), unlimited);
    return new Verdict.Verified(
        scheme.assurance(), Optional.of(reference), Optional.of(signed));
  }

  private List<SignatureParts> readSignatures() {
    Optional<String> timestampKey = scheme.timestamp().flatMap(TimestampRule::signatureKey);
    List<SignatureParts> parts = new ArrayList<>();
    for (ValueLocation location : scheme.signature().locations()) {
      location
          .read(request)
          .ifPresent(value -> parts.add(scheme.signature().format().parse(value, timestampKey)));
    }
    if (parts.isEmpty()) {
      throw new Refusal(
          Reason.MISSING_SIGNATURE, "The " + scheme.signature().describe() + " is missing");
    }
    if (parts.stream().noneMatch(SignatureParts::readable)) {
      throw new Refusal(
          Reason.MALFORMED,
          "The " + scheme.signature().describe() + " is not written as this provider writes it");
    }
    return parts;
  }

  /**
   * One broken signature must not hide a good one beside it: only if none decodes it is malformed.
   */
  private List<byte[]> decode(List<SignatureParts> parts) {
    List<String> texts = parts.stream().flatMap(part -> part.signatures().stream()).toList();
    String place = scheme.signature().describe();
    if (texts.isEmpty()) {
      throw new Refusal(
          Reason.MISSING_SIGNATURE, "The " + place + " holds no signature of the expected kind");
    }
    if (texts.size() > MAX_SIGNATURES) {
      throw new Refusal(Reason.MALFORMED, "The " + place + " holds too many signatures");
    }
    List<byte[]> decoded =
        texts.stream()
            .flatMap(text -> scheme.signature().encoding().decode(text).stream())
            .toList();
    if (decoded.isEmpty()) {
      throw new Refusal(
          Reason.MALFORMED,
          "The " + place + " holds no signature that decodes as " + scheme.signature().encoding());
    }
    steps.accept(
        place + ": found, " + decoded.size() + " of " + texts.size() + " signature(s) decode");
    return decoded;
  }

  private SignedTime readTime(TimestampRule rule, List<SignatureParts> parts) {
    List<String> beside = parts.stream().flatMap(part -> part.timestamps().stream()).toList();
    if (beside.size() > 1) {
      throw new Refusal(Reason.MALFORMED, "The timestamp came more than once");
    }
    String text =
        rule.location()
            .flatMap(location -> location.read(request))
            .or(() -> beside.stream().filter(value -> !value.isBlank()).findFirst())
            .orElseThrow(
                () -> new Refusal(Reason.MISSING_TIMESTAMP, "The " + place(rule) + " is missing"));
    Instant instant =
        rule.unit()
            .parse(text)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.MALFORMED,
                        "The " + place(rule) + " is not a time in " + rule.unit()));
    steps.accept(
        place(rule)
            + ": "
            + instant
            + ", "
            + distance(instant)
            + (rule.enforced()
                ? ", allowed " + rule.tolerance().toSeconds() + " s either way"
                : ", not limited for this provider"));
    return new SignedTime(text, instant);
  }

  /** A signature over form fields says nothing about a body that is no form. */
  private void checkBodyIsCovered() {
    Optional<String> sentHash =
        scheme
            .bodyHash()
            .flatMap(rule -> new ValueLocation.InQuery(rule.parameter()).read(request));
    if (sentHash.isPresent()) {
      checkBodyHash(scheme.bodyHash().orElseThrow(), sentHash.get());
    } else if (scheme.signed().has(TemplateToken.SortedForm.class)
        && !scheme.signed().has(TemplateToken.Body.class)
        && request.body().length > 0
        && request.form().isEmpty()) {
      throw new Refusal(
          Reason.BAD_SIGNATURE, "The body is not a form, and nothing in the request signs it");
    }
  }

  private void checkBodyHash(BodyHash rule, String sent) {
    byte[] claimed =
        rule.encoding()
            .decode(sent)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.MALFORMED,
                        "The parameter " + rule.parameter() + " does not decode"));
    if (!MessageDigest.isEqual(claimed, rule.hash().of(request.body()))) {
      throw new Refusal(Reason.BAD_SIGNATURE, "The body is not the one whose hash the URL holds");
    }
    steps.accept("query parameter " + rule.parameter() + ": is the hash of the body");
  }

  private boolean holdsSecret() {
    return scheme.signed().has(TemplateToken.SecretBytes.class);
  }

  /** Tries every secret in full, whichever matched before. */
  private String matchingSecret(
      List<Verifier.ActiveKey> keys,
      List<byte[]> signatures,
      Function<KeyMaterial, List<byte[]>> contents) {
    Optional<String> matched = Optional.empty();
    for (Verifier.ActiveKey key : keys) {
      boolean signed = false;
      for (byte[] content : contents.apply(key.key())) {
        signed |= key.key().signed(content, signatures);
      }
      if (signed) {
        matched = matched.or(() -> Optional.of(key.reference()));
      }
    }
    steps.accept("secrets: " + keys.size() + " active, all tried");
    matched.ifPresent(reference -> steps.accept("signature: made with " + reference));
    return matched.orElseThrow(
        () ->
            new Refusal(
                Reason.BAD_SIGNATURE,
                "No signature was made with any of "
                    + keys.size()
                    + " active secret(s) over the request as it came"));
  }

  private void checkAge(TimestampRule rule, Instant signedAt) {
    Duration age = Duration.between(signedAt, now).abs();
    if (rule.enforced() && age.compareTo(rule.tolerance()) > 0) {
      throw new Refusal(
          Reason.STALE,
          "Rightly signed, but "
              + distance(signedAt)
              + "; allowed are "
              + rule.tolerance().toSeconds()
              + " s either way");
    }
  }

  private String distance(Instant signedAt) {
    Duration age = Duration.between(signedAt, now);
    return age.isNegative()
        ? age.abs().toSeconds() + " s ahead of the time judged by"
        : age.toSeconds() + " s before the time judged by";
  }

  private String place(TimestampRule rule) {
    return rule.location()
        .map(ValueLocation::describe)
        .orElseGet(
            () ->
                "timestamp "
                    + rule.signatureKey().orElse("")
                    + " in the "
                    + scheme.signature().describe());
  }
}
