package io.millrace.provider;

import io.millrace.model.Assurance;
import io.millrace.verify.Algorithm;
import io.millrace.verify.BodyHash;
import io.millrace.verify.Encoding;
import io.millrace.verify.Hash;
import io.millrace.verify.KeyFormat;
import io.millrace.verify.SameValue;
import io.millrace.verify.SignatureFormat;
import io.millrace.verify.SignatureRule;
import io.millrace.verify.SignedTemplate;
import io.millrace.verify.TimestampRule;
import io.millrace.verify.TimestampUnit;
import io.millrace.verify.ValueLocation;
import io.millrace.verify.Verification;
import io.millrace.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the {@code verification} section of a scheme that signs. */
final class SignedReader {
  private static final Map<String, TimestampUnit> UNITS =
      Map.of(
          "s", TimestampUnit.SECONDS,
          "ms", TimestampUnit.MILLISECONDS,
          "iso", TimestampUnit.ISO,
          "http", TimestampUnit.HTTP);

  private static final int MOST_SECONDS = 1_000_000_000;

  private final Section section;

  SignedReader(Section section) {
    this.section = section;
  }

  Optional<Verification> read(Optional<? extends Algorithm> algorithm) {
    KeyFormat key =
        new KeyFormat(
            section.choice("key", KeyFormat.Kind.class).orElse(KeyFormat.Kind.UTF8),
            section.text("keyPrefix"),
            section.flag("label").orElse(false));
    Optional<SignatureRule> signature =
        section
            .require("signature", "{header: X-Signature, enc: hex}")
            .section("signature")
            .flatMap(SignedReader::signature);
    boolean timed = section.has("timestamp");
    Optional<TimestampRule> timestamp =
        section.section("timestamp").flatMap(SignedReader::timestamp);
    List<SameValue> same = section.sections("same").stream().flatMap(SignedReader::same).toList();
    Optional<String> each = section.text("each");
    Optional<BodyHash> bodyHash = section.section("bodyHash").flatMap(SignedReader::bodyHash);
    Optional<SignedTemplate> template =
        section.require("signed", "\"{body}\"").parsed("signed", SignedTemplate::parse);
    Optional<Assurance> weaker =
        section.choice(
            "assurance",
            Map.of("BODY_SIGNED", Assurance.BODY_SIGNED, "PARTIAL", Assurance.PARTIAL));
    if (algorithm.isEmpty()
        || signature.isEmpty()
        || template.isEmpty()
        || timed != timestamp.isPresent()) {
      return Optional.empty();
    }
    SignedTemplate signs = template.get();
    return section.built(
        () ->
            new Verification.Signed(
                algorithm.get(),
                key,
                signature.get(),
                timestamp,
                signs,
                bodyHash,
                same,
                each,
                weaker.orElse(Verification.Signed.provable(signs))));
  }

  private static Optional<SignatureRule> signature(Section inner) {
    List<ValueLocation> locations = Locations.read(inner);
    inner.texts("headers").forEach(name -> locations.add(new ValueLocation.InHeader(name)));
    String format = inner.text("format").orElse("plain");
    Optional<SignatureFormat> form = format(inner, format, locations);
    Optional<Encoding> encoding = inner.require("enc", "hex").choice("enc", Encoding.class);
    return form.isPresent() && encoding.isPresent()
        ? inner.built(() -> new SignatureRule(locations, form.get(), encoding.get()))
        : Optional.empty();
  }

  private static Optional<SignatureFormat> format(
      Section inner, String format, List<ValueLocation> locations) {
    return switch (format) {
      case "plain" ->
          Optional.of(
              new SignatureFormat.Plain(
                  inner.verbatim("prefix").orElse(""), inner.flag("prefixOptional").orElse(false)));
      case "numbered" -> {
        number(locations, inner.integer("max", 1, 100).orElse(0), inner);
        yield Optional.of(new SignatureFormat.Plain("", false));
      }
      case "kv" -> {
        Optional<String> separator = inner.requiredText("sep", "\",\"");
        Optional<String> key = inner.requiredText("key", "v1");
        yield separator.flatMap(sep -> key.map(name -> new SignatureFormat.KeyValue(sep, name)));
      }
      case "tokens" -> inner.requiredText("key", "v1").map(SignatureFormat.Tokens::new);
      case "positional" -> Optional.of(new SignatureFormat.Positional(","));
      default -> {
        inner.fault(
            "format",
            "the signature format " + format + " is unknown",
            "use plain, kv, tokens, numbered or positional");
        yield Optional.empty();
      }
    };
  }

  /** Expands one header name into {@code max} numbered ones, counted from 1. */
  private static void number(List<ValueLocation> locations, int max, Section inner) {
    if (max < 1 || max > 100 || locations.size() != 1) {
      inner.fault("numbered headers need one header and max", "set max from 1 to 100");
      return;
    }
    if (locations.removeFirst() instanceof ValueLocation.InHeader header) {
      IntStream.rangeClosed(1, max)
          .forEach(number -> locations.add(new ValueLocation.InHeader(header.name() + number)));
    }
  }

  private static Optional<TimestampRule> timestamp(Section inner) {
    List<ValueLocation> locations = Locations.read(inner);
    Optional<String> beside = inner.text("sig");
    Optional<TimestampUnit> unit = inner.require("unit", "s").choice("unit", UNITS);
    boolean enforced = inner.flag("enforce").orElse(true);
    Optional<Integer> tolerance = inner.integer("tolerance", 0, MOST_SECONDS);
    return unit.flatMap(
        known ->
            inner.built(
                () ->
                    new TimestampRule(
                        locations.stream().findFirst(),
                        beside,
                        known,
                        Duration.ofSeconds(tolerance.orElse(0)),
                        enforced)));
  }

  private static Optional<BodyHash> bodyHash(Section inner) {
    Optional<String> query = inner.requiredText("query", "bodySHA256");
    Optional<Hash> hash = inner.require("alg", "sha256").choice("alg", Hash.class);
    Optional<Encoding> encoding = inner.require("enc", "hex").choice("enc", Encoding.class);
    return query.isPresent() && hash.isPresent() && encoding.isPresent()
        ? Optional.of(new BodyHash(query.get(), hash.get(), encoding.get()))
        : Optional.empty();
  }

  private static Stream<SameValue> same(Section inner) {
    List<ValueLocation> places = Locations.read(inner);
    if (places.size() != 2) {
      inner.fault("an item of same does not name two locations", "name two that must agree");
      return Stream.empty();
    }
    return Stream.of(new SameValue(places.getFirst(), places.getLast()));
  }
}
