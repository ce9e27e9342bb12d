package io.millrace.source;

import io.millrace.verify.Encoding;
import io.millrace.verify.Hash;
import io.millrace.verify.KeyFormat;
import io.millrace.verify.KeyedHash;
import io.millrace.verify.ValueLocation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads a {@code handshake} section, or a list of them.
 *
 * <pre>
 * kind: confirm      # says yes
 * kind: echo         # sends a value back
 * kind: keyed        # answers with the keyed hash of a value
 * kind: capture      # keeps the secret an unsigned first request brings
 *
 * methods: [GET]     # default: POST
 * unsigned: true     # a POST that counts before it is verified; default: it is verified first
 * when: {json: type, is: url_verification}   # header, json, form or query; without is: anything there
 * value: {query: hub.challenge}              # what is sent back, hashed or kept
 * token: {query: hub.verify_token}           # echo: has to be one of the secrets with use: handshake
 * answer: {json: challenge}                  # or header: NAME; default: the value as text; capture: nothing
 * hash: {alg: sha256, key: utf8, enc: hex, prefix: "sha256="}      # keyed
 * answer: {value: plainToken, hash: encryptedToken}                # keyed: names of JSON fields
 * </pre>
 */
final class HandshakeReader {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

  private final Faults faults;

  HandshakeReader(Faults faults) {
    this.faults = faults;
  }

  /** What the key {@code handshake} says; empty if that much cannot be told. */
  Optional<Handshake> read(Keys owner) {
    if (owner.any("handshake").filter(Yaml.Sequence.class::isInstance).isEmpty()) {
      return owner.section("handshake").flatMap(this::one);
    }
    List<Keys> sections = owner.sections("handshake");
    List<Handshake> each = sections.stream().flatMap(section -> one(section).stream()).toList();
    return each.size() == sections.size()
        ? Optional.of(new Handshake.FirstOf(each))
        : Optional.empty();
  }

  private Optional<Handshake> one(Keys keys) {
    String kind = keys.requiredText("kind", "kind: echo").orElse("");
    Optional<HandshakeCondition> condition = condition(keys);
    Optional<Handshake> handshake =
        switch (kind) {
          case "confirm" -> condition.map(Handshake.Confirm::new);
          case "echo" -> valued(keys, condition, (when, value) -> echo(keys, when, value));
          case "keyed" -> valued(keys, condition, (when, value) -> keyed(keys, when, value));
          case "capture" -> valued(keys, condition, (when, value) -> capture(keys, when, value));
          default -> {
            faults.add(
                keys.lineOf("kind"),
                "the handshake " + kind + " is unknown",
                "use confirm, echo, keyed or capture");
            keys.skipRest();
            yield Optional.empty();
          }
        };
    keys.finish();
    return handshake;
  }

  private Optional<HandshakeCondition> condition(Keys keys) {
    Set<String> methods = keys.has("methods") ? Set.copyOf(keys.texts("methods")) : Set.of("POST");
    boolean unsigned = keys.flag("unsigned").orElse(false);
    boolean conditional = keys.has("when");
    Optional<HandshakeCondition.Sign> when = keys.section("when").flatMap(this::sign);
    if (methods.isEmpty() || !METHODS.containsAll(methods)) {
      faults.add(keys.lineOf("methods"), "methods are not known", "use GET, HEAD and POST");
      return Optional.empty();
    }
    if (methods.contains("POST") && !conditional && !keys.has("value")) {
      faults.add(
          keys.line(), "every delivery would be taken for this handshake", "say when: it is one");
      return Optional.empty();
    }
    return conditional == when.isPresent()
        ? Optional.of(new HandshakeCondition(methods, unsigned, when))
        : Optional.empty();
  }

  private Optional<HandshakeCondition.Sign> sign(Keys keys) {
    Optional<ValueLocation> location = Locations.one(keys, "the sign of a handshake");
    Optional<String> is = keys.text("is");
    keys.finish();
    return location.map(place -> new HandshakeCondition.Sign(place, is));
  }

  private Optional<Handshake> valued(
      Keys keys,
      Optional<HandshakeCondition> condition,
      BiFunction<HandshakeCondition, ValueLocation, Optional<Handshake>> build) {
    Optional<ValueLocation> value = location(keys, "value");
    if (!keys.has("value")) {
      faults.add(keys.line(), "the key value is missing", "add it, as in value: {json: challenge}");
    }
    return condition.flatMap(when -> value.flatMap(place -> build.apply(when, place)));
  }

  private static Optional<ValueLocation> location(Keys keys, String key) {
    return keys.section(key)
        .flatMap(
            inner -> {
              Optional<ValueLocation> location = Locations.one(inner, "the " + key);
              inner.finish();
              return location;
            });
  }

  private Optional<Handshake> echo(Keys keys, HandshakeCondition condition, ValueLocation value) {
    Optional<ValueLocation> token = location(keys, "token");
    HandshakeForm form = form(keys, new HandshakeForm.Text());
    return keys.has("token") == token.isPresent()
        ? Optional.of(new Handshake.Echo(condition, token, value, form))
        : Optional.empty();
  }

  private Optional<Handshake> capture(
      Keys keys, HandshakeCondition condition, ValueLocation value) {
    HandshakeForm form = form(keys, new HandshakeForm.Nothing());
    return Optional.of(new Handshake.Capture(condition, value, form));
  }

  private static HandshakeForm form(Keys keys, HandshakeForm usual) {
    return keys.section("answer")
        .flatMap(
            inner -> {
              Optional<HandshakeForm> json = inner.text("json").map(HandshakeForm.JsonField::new);
              Optional<HandshakeForm> header = inner.text("header").map(HandshakeForm.Header::new);
              inner.finish();
              return json.or(() -> header);
            })
        .orElse(usual);
  }

  private Optional<Handshake> keyed(Keys keys, HandshakeCondition condition, ValueLocation value) {
    Optional<KeyedHash> hash = keys.section("hash").flatMap(this::hash);
    Optional<Keys> answer = keys.section("answer");
    Optional<String> valueName = answer.flatMap(inner -> inner.text("value"));
    Optional<String> hashName =
        answer.flatMap(inner -> inner.requiredText("hash", "hash: challengeResponse"));
    answer.ifPresent(Keys::finish);
    if (hash.isEmpty() || hashName.isEmpty()) {
      faults.add(keys.line(), "a keyed handshake is incomplete", "give it value, hash and answer");
      return Optional.empty();
    }
    return Optional.of(
        new Handshake.Keyed(condition, value, hash.get(), valueName, hashName.get()));
  }

  private Optional<KeyedHash> hash(Keys keys) {
    Optional<Hash> hash = keys.oneOf("alg", Hash.class);
    Optional<Encoding> encoding = keys.oneOf("enc", Encoding.class);
    KeyFormat key =
        new KeyFormat(
            keys.oneOf("key", KeyFormat.Kind.class).orElse(KeyFormat.Kind.UTF8),
            keys.text("keyPrefix"));
    String prefix = keys.verbatim("prefix");
    keys.finish();
    return hash.flatMap(with -> encoding.map(in -> new KeyedHash(with, key, in, prefix)));
  }
}
