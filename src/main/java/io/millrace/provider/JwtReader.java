package io.millrace.provider;

import io.millrace.verify.JwtAlgorithm;
import io.millrace.verify.JwtVerification;
import io.millrace.verify.JwtVerification.Claim;
import io.millrace.verify.KeyFormat;
import io.millrace.verify.ValueLocation;
import io.millrace.verify.Verification;
import io.millrace.yaml.Section;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the {@code verification} section of a JSON Web Token. */
final class JwtReader {
  private static final int USUAL_LEEWAY_SECONDS = 60;
  private static final int MOST_SECONDS = 1_000_000_000;
  private static final Map<String, JwtAlgorithm> ALGORITHMS =
      Arrays.stream(JwtAlgorithm.values())
          .collect(Collectors.toMap(JwtAlgorithm::name, Function.identity()));

  private final Section section;

  JwtReader(Section section) {
    this.section = section;
  }

  Optional<Verification> read() {
    Optional<JwtAlgorithm> algorithm = section.require("alg", "RS256").choice("alg", ALGORITHMS);
    KeyFormat key =
        new KeyFormat(
            section.choice("key", KeyFormat.Kind.class).orElse(KeyFormat.Kind.UTF8),
            section.text("keyPrefix"));
    Optional<Place> place =
        section
            .require("token", "{header: Authorization}")
            .section("token")
            .flatMap(JwtReader::place);
    List<Claim> expected = section.section("claims").map(JwtReader::claims).orElse(List.of());
    boolean expires = section.flag("expires").orElse(false);
    Duration leeway =
        Duration.ofSeconds(section.integer("leeway", 0, MOST_SECONDS).orElse(USUAL_LEEWAY_SECONDS));
    Optional<Duration> issuedWithin =
        section
            .integer("issuedWithin", 0, MOST_SECONDS)
            .map(seconds -> Duration.ofSeconds(seconds));
    if (!expires && issuedWithin.isEmpty()) {
      section.fault(
          "nothing limits the age of its tokens, so anyone who has seen one could repeat it",
          "add expires: true if they say when they expire (exp), or issuedWithin: 300 if they say"
              + " when they were issued (iat)");
    }
    if (algorithm.isEmpty() || place.isEmpty()) {
      return Optional.empty();
    }
    return section.built(
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
                issuedWithin));
  }

  /** The location of the token, and the prefix it may have. */
  private record Place(ValueLocation location, String prefix, boolean prefixOptional) {}

  private static Optional<Place> place(Section inner) {
    String prefix = inner.verbatim("prefix").orElse("");
    boolean prefixOptional = inner.flag("prefixOptional").orElse(false);
    Optional<ValueLocation> location = Locations.single(inner, "a token");
    return location.map(at -> new Place(at, prefix, prefixOptional));
  }

  private static List<Claim> claims(Section inner) {
    return inner.keys().stream()
        .flatMap(name -> inner.parsed(name, text -> Claim.of(name, text)).stream())
        .toList();
  }
}
