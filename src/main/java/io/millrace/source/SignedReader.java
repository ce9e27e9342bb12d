package io.millrace.source;

import io.millrace.rule.Assurance;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads what a {@code verification} section says of a scheme that signs. */
final class SignedReader {
  private static final Map<String, TimestampUnit> UNITS =
      Map.of(
          "s", TimestampUnit.SECONDS,
          "ms", TimestampUnit.MILLISECONDS,
          "iso", TimestampUnit.ISO,
          "http", TimestampUnit.HTTP);

  private final Keys keys;
  private final Faults faults;

  SignedReader(Keys keys) {
    this.keys = keys;
    this.faults = keys.faults();
  }

  Optional<Verification> read(Optional<? extends Algorithm> algorithm) {
    KeyFormat key =
        new KeyFormat(
            keys.oneOf("key", KeyFormat.Kind.class).orElse(KeyFormat.Kind.UTF8),
            keys.text("keyPrefix"));
    Optional<SignatureRule> signature = keys.section("signature").flatMap(this::signature);
    boolean timed = keys.has("timestamp");
    Optional<TimestampRule> timestamp = keys.section("timestamp").flatMap(this::timestamp);
    List<SameValue> same = keys.sections("same").stream().flatMap(this::same).toList();
    Optional<BodyHash> bodyHash = keys.section("bodyHash").flatMap(this::bodyHash);
    Optional<SignedTemplate> template =
        keys.requiredText("signed", "signed: \"{body}\"").flatMap(this::template);
    Optional<Assurance> weaker =
        keys.oneOf(
            "assurance",
            Map.of("BODY_SIGNED", Assurance.BODY_SIGNED, "PARTIAL", Assurance.PARTIAL));
    if (!keys.has("signature")) {
      faults.add(keys.line(), "the key signature is missing", "say where the signature is");
    }
    if (algorithm.isEmpty()
        || signature.isEmpty()
        || template.isEmpty()
        || timed != timestamp.isPresent()) {
      return Optional.empty();
    }
    SignedTemplate signs = template.get();
    return built(
        keys.line(),
        () ->
            new Verification.Signed(
                algorithm.get(),
                key,
                signature.get(),
                timestamp,
                signs,
                bodyHash,
                same,
                weaker.orElse(Verification.Signed.provable(signs))));
  }

  private Optional<SignatureRule> signature(Keys inner) {
    List<ValueLocation> locations = Locations.read(inner);
    inner.texts("headers").forEach(name -> locations.add(new ValueLocation.InHeader(name)));
    String format = inner.text("format").orElse("plain");
    Optional<SignatureFormat> form = format(inner, format, locations);
    Optional<Encoding> encoding = inner.oneOf("enc", Encoding.class);
    if (!inner.has("enc")) {
      faults.add(inner.line(), "the key enc is missing", "add it, as in enc: hex");
    }
    inner.finish();
    return form.isPresent() && encoding.isPresent()
        ? built(inner.line(), () -> new SignatureRule(locations, form.get(), encoding.get()))
        : Optional.empty();
  }

  private Optional<SignatureFormat> format(
      Keys inner, String format, List<ValueLocation> locations) {
    return switch (format) {
      case "plain" ->
          Optional.of(
              new SignatureFormat.Plain(
                  inner.verbatim("prefix"), inner.flag("prefixOptional").orElse(false)));
      case "numbered" -> {
        number(locations, inner.number("max").orElse(0), inner);
        yield Optional.of(new SignatureFormat.Plain("", false));
      }
      case "kv" -> {
        Optional<String> separator = inner.requiredText("sep", "sep: \",\"");
        Optional<String> key = inner.requiredText("key", "key: v1");
        yield separator.flatMap(sep -> key.map(name -> new SignatureFormat.KeyValue(sep, name)));
      }
      case "tokens" -> inner.requiredText("key", "key: v1").map(SignatureFormat.Tokens::new);
      case "positional" -> Optional.of(new SignatureFormat.Positional(","));
      default -> {
        faults.add(
            inner.lineOf("format"),
            "the signature format " + format + " is unknown",
            "use plain, kv, tokens, numbered or positional");
        yield Optional.empty();
      }
    };
  }

  /** Turns one header name into as many numbered ones, counted from 1. */
  private void number(List<ValueLocation> locations, int max, Keys inner) {
    if (max < 1 || max > 100 || locations.size() != 1) {
      faults.add(inner.line(), "numbered headers need one header and max", "set max from 1 to 100");
      return;
    }
    if (locations.removeFirst() instanceof ValueLocation.InHeader header) {
      IntStream.rangeClosed(1, max)
          .forEach(number -> locations.add(new ValueLocation.InHeader(header.name() + number)));
    }
  }

  private Optional<TimestampRule> timestamp(Keys inner) {
    List<ValueLocation> locations = Locations.read(inner);
    Optional<String> beside = inner.text("sig");
    Optional<TimestampUnit> unit = inner.oneOf("unit", UNITS);
    boolean enforced = inner.flag("enforce").orElse(true);
    Optional<Integer> tolerance = inner.number("tolerance");
    if (unit.isEmpty()) {
      faults.add(inner.line(), "the timestamp has no usable unit", "add it, as in unit: s");
    }
    inner.finish();
    return unit.flatMap(
        known ->
            built(
                inner.line(),
                () ->
                    new TimestampRule(
                        locations.stream().findFirst(),
                        beside,
                        known,
                        Duration.ofSeconds(tolerance.orElse(0)),
                        enforced)));
  }

  private Optional<BodyHash> bodyHash(Keys inner) {
    Optional<String> query = inner.requiredText("query", "query: bodySHA256");
    Optional<Hash> hash = inner.oneOf("alg", Hash.class);
    Optional<Encoding> encoding = inner.oneOf("enc", Encoding.class);
    inner.finish();
    if (query.isEmpty() || hash.isEmpty() || encoding.isEmpty()) {
      faults.add(inner.line(), "bodyHash is incomplete", "give it query, alg and enc");
      return Optional.empty();
    }
    return Optional.of(new BodyHash(query.get(), hash.get(), encoding.get()));
  }

  private Stream<SameValue> same(Keys inner) {
    List<ValueLocation> places = Locations.read(inner);
    inner.finish();
    if (places.size() != 2) {
      faults.add(inner.line(), "an item of same names not two places", "name two that must agree");
      return Stream.empty();
    }
    return Stream.of(new SameValue(places.getFirst(), places.getLast()));
  }

  private Optional<SignedTemplate> template(String text) {
    return built(keys.lineOf("signed"), () -> SignedTemplate.parse(text));
  }

  private <T> Optional<T> built(int line, Supplier<T> build) {
    return VerificationReader.built(line, build, faults);
  }
}
