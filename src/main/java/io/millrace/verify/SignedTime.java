package io.millrace.verify;

import io.millrace.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The time a request claims to be signed at, and the time it is checked against.
 *
 * @param place where it was found, for explanations
 * @param text as the sender wrote it
 */
record SignedTime(TimestampRule rule, String place, String text, Instant signedAt, Instant now) {

  /**
   * Reads the time; refuses one that is missing, ambiguous or unreadable. Its age is checked later.
   */
  static SignedTime read(
      TimestampRule rule,
      SignedRequest request,
      List<SignatureParts> parts,
      SignatureRule signature,
      Instant now) {
    List<String> beside = parts.stream().flatMap(part -> part.timestamps().stream()).toList();
    if (beside.size() > 1) {
      throw new Refusal(Reason.MALFORMED, "The timestamp occurs more than once");
    }
    String place = place(rule, signature);
    String text =
        rule.location()
            .flatMap(location -> location.read(request))
            .or(() -> beside.stream().filter(value -> !value.isBlank()).findFirst())
            .orElseThrow(
                () -> new Refusal(Reason.MISSING_TIMESTAMP, "The " + place + " is missing"));
    Instant instant =
        rule.unit()
            .parse(text)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.MALFORMED, "The " + place + " is not a time in " + rule.unit()));
    return new SignedTime(rule, place, text, instant, now);
  }

  /** Checks the age; must be called only after the signature was verified. */
  void checkAge() {
    Duration age = Duration.between(signedAt, now).abs();
    if (rule.enforced() && age.compareTo(rule.tolerance()) > 0) {
      throw new Refusal(
          Reason.STALE,
          "The signature is valid, but "
              + distance(signedAt, now)
              + "; at most "
              + rule.tolerance().toSeconds()
              + " s in either direction are allowed");
    }
  }

  String describe() {
    return place
        + ": "
        + signedAt
        + ", "
        + distance(signedAt, now)
        + (rule.enforced()
            ? ", allowed " + rule.tolerance().toSeconds() + " s in either direction"
            : ", not limited for this provider");
  }

  static String distance(Instant signedAt, Instant now) {
    Duration age = Duration.between(signedAt, now);
    return age.isNegative()
        ? age.abs().toSeconds() + " s after the time of verification"
        : age.toSeconds() + " s before the time of verification";
  }

  private static String place(TimestampRule rule, SignatureRule signature) {
    return rule.location()
        .map(ValueLocation::describe)
        .orElseGet(
            () ->
                "timestamp " + rule.signatureKey().orElse("") + " in the " + signature.describe());
  }
}
