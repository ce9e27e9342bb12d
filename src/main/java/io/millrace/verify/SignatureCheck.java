package io.millrace.verify;

import io.millrace.model.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies one request by a signature scheme. */
final class SignatureCheck {
  /** DocuSign sends up to a hundred; more would be an attempt to consume CPU time. */
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

  Verdict judge(ActiveKeys keys) {
    return scheme.each().isPresent() ? judgeEach(scheme.each().get(), keys) : judgeOne(keys);
  }

  /** Every element has to be signed: one that is not could be added to those that are. */
  private Verdict judgeEach(String list, ActiveKeys keys) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    Optional<String> secret = Optional.empty();
    for (byte[] element : JsonBody.elements(request.body(), list, MAX_SIGNATURES)) {
      SignedRequest part = request.withBody(element);
      Verdict verdict = new SignatureCheck(scheme.ofOne(), part, now, steps).judgeOne(keys);
      if (verdict instanceof Verdict.Verified verified) {
        secret = verified.secret();
        verified.signed().ifPresent(text -> signed.writeBytes(utf8(text.fingerprint())));
      }
    }
    return new Verdict.Verified(
        scheme.assurance(),
        secret,
        Optional.of(SignedText.of(signed.toByteArray(), Optional.empty())));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Verdict judgeOne(ActiveKeys keys) {
    List<SignatureParts> parts = readSignatures();
    List<byte[]> signatures = decode(parts);
    boolean isTimeSigned = scheme.signed().has(TemplateToken.Timestamp.class);
    Optional<SignedTime> early =
        isTimeSigned || !isTimeInBody() ? readTime(parts) : Optional.empty();
    Optional<String> timeText = early.map(SignedTime::text);
    List<byte[]> contents = scheme.signed().render(request, timeText, new byte[0]);
    steps.accept(
        "signed text: "
            + scheme.signed()
            + ", "
            + contents.getFirst().length
            + (holdsSecret() ? " bytes and the secret" : " bytes"));
    checkBodyIsCovered();
    keys.requireAny();
    String reference =
        keys.signer(
            signatures,
            key ->
                holdsSecret() || scheme.key().labelled()
                    ? scheme.signed().render(request, timeText, key)
                    : contents,
            steps);
    checkBodyIsWhole();
    Optional<SignedTime> time = early.isPresent() ? early : readTime(parts);
    scheme.same().forEach(rule -> rule.check(request));
    time.ifPresent(SignedTime::checkAge);
    Optional<Instant> unlimited =
        time.filter(read -> !read.rule().enforced()).map(SignedTime::signedAt);
    return new Verdict.Verified(
        scheme.assurance(),
        Optional.of(reference),
        Optional.of(SignedText.of(contents.getFirst(), unlimited)));
  }

  private Optional<SignedTime> readTime(List<SignatureParts> parts) {
    Optional<SignedTime> time =
        scheme
            .timestamp()
            .map(rule -> SignedTime.read(rule, request, parts, scheme.signature(), now));
    time.ifPresent(read -> steps.accept(read.describe()));
    return time;
  }

  /** Then it is read only once the body is known to be genuine: that costs parsing the body. */
  private boolean isTimeInBody() {
    return scheme
        .timestamp()
        .flatMap(TimestampRule::location)
        .filter(ValueLocation.InJson.class::isInstance)
        .isPresent();
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
          "The " + scheme.signature().describe() + " does not have this provider's format");
    }
    return parts;
  }

  /** Ignores broken signatures, unless none decodes: a broken one must not hide a good one. */
  private List<byte[]> decode(List<SignatureParts> parts) {
    List<String> texts = parts.stream().flatMap(part -> part.signatures().stream()).toList();
    String place = scheme.signature().describe();
    if (texts.isEmpty()) {
      throw new Refusal(
          Reason.MISSING_SIGNATURE, "The " + place + " contains no signature of the expected kind");
    }
    if (texts.size() > MAX_SIGNATURES) {
      throw new Refusal(Reason.MALFORMED, "The " + place + " contains too many signatures");
    }
    List<byte[]> decoded =
        texts.stream()
            .flatMap(text -> scheme.signature().encoding().decode(text).stream())
            .toList();
    if (decoded.isEmpty()) {
      throw new Refusal(
          Reason.MALFORMED,
          "The "
              + place
              + " contains no signature that decodes as "
              + scheme.signature().encoding());
    }
    steps.accept(
        place + ": found, " + decoded.size() + " of " + texts.size() + " signature(s) decode");
    return decoded;
  }

  /** A signature over form fields does not cover a body that is not a form. */
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
          Reason.BAD_SIGNATURE, "The body is not a form, so no signature in the request covers it");
    }
  }

  /** The signature is right, but with a plain hash that alone does not show who made the body. */
  private void checkBodyIsWhole() {
    if (scheme.algorithm() instanceof Algorithm.Digest && !WholeBody.isIn(request)) {
      throw new Refusal(
          Reason.BAD_SIGNATURE,
          "The signature matches, but the body is neither one JSON document nor a form in UTF-8:"
              + " anyone who has seen a genuine request can extend a plain hash in this way");
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
                        "The query parameter " + rule.parameter() + " cannot be decoded"));
    if (!MessageDigest.isEqual(claimed, rule.hash().of(request.body()))) {
      throw new Refusal(Reason.BAD_SIGNATURE, "The body does not match the hash in the URL");
    }
    steps.accept("query parameter " + rule.parameter() + ": is the hash of the body");
  }

  private boolean holdsSecret() {
    return scheme.signed().has(TemplateToken.SecretBytes.class);
  }
}
