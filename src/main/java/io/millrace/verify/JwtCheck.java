package io.millrace.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies one request by the JSON Web Token it contains. */
final class JwtCheck {
  private final JwtVerification scheme;
  private final SignedRequest request;
  private final Instant now;
  private final Consumer<String> steps;

  JwtCheck(JwtVerification scheme, SignedRequest request, Instant now, Consumer<String> steps) {
    this.scheme = scheme;
    this.request = request;
    this.now = now;
    this.steps = steps;
  }

  Verdict judge(ActiveKeys keys) {
    JwtText token = JwtText.parse(read(), scheme.location().describe());
    checkHeader(token);
    Times times = times(token);
    keys.requireAny();
    String reference =
        keys.signer(List.of(token.signature()), key -> List.of(token.signed()), steps);
    scheme.claims().forEach(claim -> check(claim, token));
    checkAge(times);
    return new Verdict.Verified(scheme.assurance(), Optional.of(reference));
  }

  private String read() {
    String place = scheme.location().describe();
    String shown =
        scheme
            .location()
            .read(request)
            .orElseThrow(
                () -> new Refusal(Reason.MISSING_SIGNATURE, "The " + place + " is missing"));
    steps.accept(place + ": found");
    String prefix = scheme.prefix();
    if (shown.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return shown.substring(prefix.length()).strip();
    }
    if (!scheme.prefixOptional()) {
      throw new Refusal(
          Reason.MALFORMED, "The " + place + " does not start with " + prefix.strip());
    }
    return shown;
  }

  /** Refuses any other algorithm, and any extension, because none is supported. */
  private void checkHeader(JwtText token) {
    JsonNode algorithm = token.header().path("alg");
    if (!algorithm.isTextual()) {
      throw new Refusal(Reason.MALFORMED, "The token names no algorithm");
    }
    if (token.header().has("crit")) {
      throw new Refusal(
          Reason.MALFORMED, "The token requires an extension (crit), and none is supported");
    }
    if (!algorithm.textValue().equals(scheme.algorithm().name())) {
      throw new Refusal(
          Reason.BAD_SIGNATURE,
          "The token is not signed with "
              + scheme.algorithm()
              + ", the only algorithm of this provider");
    }
  }

  /** The times in a token. */
  private record Times(
      Optional<Instant> expiry, Optional<Instant> from, Optional<Instant> issued) {}

  private Times times(JwtText token) {
    Times times = new Times(token.time("exp"), token.time("nbf"), token.time("iat"));
    if (scheme.expires() && times.expiry().isEmpty()) {
      throw new Refusal(Reason.MISSING_TIMESTAMP, "The token does not say when it expires (exp)");
    }
    if (scheme.issuedWithin().isPresent() && times.issued().isEmpty()) {
      throw new Refusal(
          Reason.MISSING_TIMESTAMP, "The token does not say when it was issued (iat)");
    }
    times.expiry().ifPresent(at -> steps.accept("token: expires " + at + ", " + distance(at)));
    times.issued().ifPresent(at -> steps.accept("token: issued " + at + ", " + distance(at)));
    return times;
  }

  private void check(JwtVerification.Claim claim, JwtText token) {
    JsonNode said = token.claims().path(claim.name());
    boolean matches = false;
    for (byte[] expected : claim.expected().render(request, Optional.empty(), new byte[0])) {
      byte[] text =
          said.isTextual() ? said.textValue().getBytes(StandardCharsets.UTF_8) : new byte[0];
      matches |= said.isTextual() && MessageDigest.isEqual(expected, text);
    }
    if (!matches) {
      throw new Refusal(
          Reason.BAD_SIGNATURE,
          "The signature is valid, but for another request: the claim "
              + claim.name()
              + (said.isMissingNode() ? " is missing" : " is not " + claim.expected()));
    }
    steps.accept("claim " + claim.name() + ": is " + claim.expected());
  }

  private void checkAge(Times times) {
    Duration leeway = scheme.leeway();
    times.expiry().ifPresent(at -> require(now.isBefore(at.plus(leeway)), at, "expires"));
    times
        .from()
        .ifPresent(at -> require(!now.isBefore(at.minus(leeway)), at, "is valid only from"));
    times.issued().ifPresent(at -> require(issuedInTime(at), at, "was issued"));
  }

  /** Even if its age is not limited, a token cannot come from the future. */
  private boolean issuedInTime(Instant issued) {
    return scheme
        .issuedWithin()
        .map(allowed -> Duration.between(issued, now).abs().compareTo(allowed) <= 0)
        .orElseGet(() -> !now.isBefore(issued.minus(scheme.leeway())));
  }

  private void require(boolean timely, Instant time, String what) {
    if (!timely) {
      throw new Refusal(
          Reason.STALE, "The signature is valid, but the token " + what + " " + distance(time));
    }
  }

  private String distance(Instant time) {
    return SignedTime.distance(time, now);
  }
}
