package io.millrace.source;

import io.millrace.verify.JwtAlgorithm;
import io.millrace.verify.JwtVerification;
import io.millrace.verify.JwtVerification.Claim;
import io.millrace.verify.KeyFormat;
import io.millrace.verify.ValueLocation;
import io.millrace.verify.Verification;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what a {@code verification} section says of a JSON Web Token. */
final class JwtReader {
  private static final int USUAL_LEEWAY_SECONDS = 60;
  private static final Map<String, JwtAlgorithm> ALGORITHMS =
      Arrays.stream(JwtAlgorithm.values())
          .collect(Collectors.toMap(JwtAlgorithm::name, Function.identity()));

  private final Keys keys;
  private final Faults faults;

  JwtReader(Keys keys) {
    this.keys = keys;
    this.faults = keys.faults();
  }

  Optional<Verification> read() {
    if (!keys.has("alg")) {
      faults.add(keys.line(), "the key alg is missing", "add it, as in alg: RS256");
    }
    Optional<JwtAlgorithm> algorithm = keys.oneOf("alg", ALGORITHMS);
    KeyFormat key =
        new KeyFormat(
            keys.oneOf("key", KeyFormat.Kind.class).orElse(KeyFormat.Kind.UTF8),
            keys.text("keyPrefix"));
    Optional<Keys> token = keys.section("token");
    if (token.isEmpty()) {
      faults.add(keys.line(), "it says not where the token is", "add token: {header: ...}");
    }
    Optional<Place> place = token.flatMap(JwtReader::place);
    Optional<Keys> claims = keys.section("claims");
    List<Claim> expected = claims.map(this::claims).orElse(List.of());
    boolean expires = keys.flag("expires").orElse(false);
    Duration leeway = Duration.ofSeconds(keys.number("leeway").orElse(USUAL_LEEWAY_SECONDS));
    Optional<Duration> issuedWithin =
        keys.number("issuedWithin").map(seconds -> Duration.ofSeconds(seconds));
    if (algorithm.isEmpty() || place.isEmpty()) {
      return Optional.empty();
    }
    return VerificationReader.built(
        keys.line(),
        () ->
            new JwtVerification(
                algorithm.get(),
                key,
                place.get().location(),
                place.get().prefix(),
                place.get().prefixOptional(),
                expected,
                expires,
                leeway,
                issuedWithin),
        faults);
  }

  /** Where the token is, and what may stand before it. */
  private record Place(ValueLocation location, String prefix, boolean prefixOptional) {}

  private static Optional<Place> place(Keys inner) {
    String prefix = inner.verbatim("prefix");
    boolean prefixOptional = inner.flag("prefixOptional").orElse(false);
    Optional<ValueLocation> location = Locations.one(inner, "a token");
    inner.finish();
    return location.map(at -> new Place(at, prefix, prefixOptional));
  }

  private List<Claim> claims(Keys inner) {
    List<Claim> claims =
        inner.names().stream()
            .flatMap(
                name ->
                    inner
                        .text(name)
                        .flatMap(
                            text ->
                                VerificationReader.built(
                                    inner.lineOf(name), () -> Claim.of(name, text), faults))
                        .stream())
            .toList();
    inner.finish();
    return claims;
  }
}
