package io.millrace.provider;

import io.millrace.verify.Encoding;
import io.millrace.verify.Hash;
import io.millrace.verify.KeyFormat;
import io.millrace.verify.KeyedHash;
import io.millrace.verify.ValueLocation;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads a {@code handshake} section, or a list of them.
 *
 * <pre>
 * kind: confirm      # answers with success only
 * kind: echo         # sends a value back
 * kind: keyed        # answers with the keyed hash of a value
 * kind: capture      # keeps the secret in an unsigned first request
 *
 * methods: [GET]     # default: POST
 * unsigned: true     # a POST that counts before it is verified; default: false
 * when: {json: type, is: url_verification}   # header, json, form or query; without is: anything there
 * when: {body: empty}                        # or: it has no body
 * value: {query: hub.challenge}              # what is sent back, hashed or kept
 * token: {query: hub.verify_token}           # echo: must be one of the secrets with use: handshake
 * answer: {json: challenge}                  # or header: NAME; default: the value as text; capture: nothing
 * answer: {status: 204}                      # confirm; default: 200
 * hash: {alg: sha256, key: utf8, enc: hex, prefix: "sha256="}      # keyed
 * answer: {value: plainToken, hash: encryptedToken}                # keyed: names of JSON fields
 * </pre>
 */
final class HandshakeReader {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

  private HandshakeReader() {}

  /** Reads the key {@code handshake}; empty if it is too faulty. */
  static Optional<Handshake> read(Section owner) {
    List<Section> sections = owner.oneOrMore("handshake");
    List<Handshake> each = sections.stream().flatMap(section -> one(section).stream()).toList();
    if (owner.has("handshake") && sections.isEmpty()) {
      owner.fault("handshake", "handshake is empty", "add its kind, or remove the key");
    }
    if (each.isEmpty() || each.size() < sections.size()) {
      return Optional.empty();
    }
    return Optional.of(owner.isList("handshake") ? new Handshake.FirstOf(each) : each.getFirst());
  }

  private static Optional<Handshake> one(Section section) {
    String kind = section.requiredText("kind", "echo").orElse("");
    Optional<HandshakeCondition> condition = condition(section);
    Optional<Handshake> handshake =
        switch (kind) {
          case "confirm" -> confirm(section, condition);
          case "echo" -> valued(section, condition, (when, value) -> echo(section, when, value));
          case "keyed" -> valued(section, condition, (when, value) -> keyed(section, when, value));
          case "capture" ->
              valued(section, condition, (when, value) -> capture(section, when, value));
          default -> {
            section.fault(
                "kind",
                "the handshake " + kind + " is unknown",
                "use confirm, echo, keyed or capture");
            section.skipRest();
            yield Optional.empty();
          }
        };
    return handshake;
  }

  private static Optional<HandshakeCondition> condition(Section section) {
    Set<String> methods =
        section.has("methods") ? Set.copyOf(section.texts("methods")) : Set.of("POST");
    boolean unsigned = section.flag("unsigned").orElse(false);
    boolean conditional = section.has("when");
    Optional<Section> about = section.section("when");
    boolean emptyBody =
        about.flatMap(inner -> inner.choice("body", Map.of("empty", true))).orElse(false);
    Optional<HandshakeCondition.Sign> when =
        emptyBody ? Optional.empty() : about.flatMap(HandshakeReader::sign);
    if (methods.isEmpty() || !METHODS.containsAll(methods)) {
      section.fault("methods", "the methods are unknown", "use GET, HEAD and POST");
      return Optional.empty();
    }
    if (methods.contains("POST") && !conditional && !section.has("value")) {
      section.fault("every delivery would match this handshake", "add when: to distinguish it");
      return Optional.empty();
    }
    return conditional == (when.isPresent() || emptyBody)
        ? Optional.of(new HandshakeCondition(methods, unsigned, when, emptyBody))
        : Optional.empty();
  }

  private static Optional<HandshakeCondition.Sign> sign(Section section) {
    Optional<ValueLocation> location = Locations.single(section, "the condition of a handshake");
    Optional<String> is = section.value("is");
    return location.map(place -> new HandshakeCondition.Sign(place, is));
  }

  private static Optional<Handshake> valued(
      Section section,
      Optional<HandshakeCondition> condition,
      BiFunction<HandshakeCondition, ValueLocation, Optional<Handshake>> build) {
    Optional<ValueLocation> value =
        location(section.require("value", "{json: challenge}"), "value");
    if (condition.isEmpty() || value.isEmpty()) {
      section.skipRest();
      return Optional.empty();
    }
    return build.apply(condition.get(), value.get());
  }

  private static Optional<ValueLocation> location(Section section, String key) {
    return section.section(key).flatMap(inner -> Locations.single(inner, "the " + key));
  }

  private static Optional<Handshake> confirm(
      Section section, Optional<HandshakeCondition> condition) {
    HandshakeForm.Nothing form =
        section
            .section("answer")
            .flatMap(inner -> inner.require("status", "204").integer("status", 200, 299))
            .map(HandshakeForm.Nothing::new)
            .orElse(HandshakeForm.Nothing.USUAL);
    return condition.map(when -> new Handshake.Confirm(when, form));
  }

  private static Optional<Handshake> echo(
      Section section, HandshakeCondition condition, ValueLocation value) {
    Optional<ValueLocation> token = location(section, "token");
    HandshakeForm form = form(section, new HandshakeForm.Text());
    return section.has("token") == token.isPresent()
        ? Optional.of(new Handshake.Echo(condition, token, value, form))
        : Optional.empty();
  }

  private static Optional<Handshake> capture(
      Section section, HandshakeCondition condition, ValueLocation value) {
    HandshakeForm form = form(section, HandshakeForm.Nothing.USUAL);
    return Optional.of(new Handshake.Capture(condition, value, form));
  }

  private static HandshakeForm form(Section section, HandshakeForm usual) {
    return section
        .section("answer")
        .flatMap(
            inner -> {
              Optional<HandshakeForm> json = inner.text("json").map(HandshakeForm.JsonField::new);
              Optional<HandshakeForm> header = inner.text("header").map(HandshakeForm.Header::new);
              return json.or(() -> header);
            })
        .orElse(usual);
  }

  private static Optional<Handshake> keyed(
      Section section, HandshakeCondition condition, ValueLocation value) {
    Optional<KeyedHash> hash = section.section("hash").flatMap(HandshakeReader::hash);
    Optional<Section> answer = section.section("answer");
    Optional<String> valueName = answer.flatMap(inner -> inner.text("value"));
    Optional<String> hashName =
        answer.flatMap(inner -> inner.requiredText("hash", "challengeResponse"));
    if (hash.isEmpty() || hashName.isEmpty()) {
      section.fault("a keyed handshake is incomplete", "give it value, hash and answer");
      return Optional.empty();
    }
    return Optional.of(
        new Handshake.Keyed(condition, value, hash.get(), valueName, hashName.get()));
  }

  private static Optional<KeyedHash> hash(Section section) {
    Optional<Hash> hash = section.choice("alg", Hash.class);
    Optional<Encoding> encoding = section.choice("enc", Encoding.class);
    KeyFormat key =
        new KeyFormat(
            section.choice("key", KeyFormat.Kind.class).orElse(KeyFormat.Kind.UTF8),
            section.text("keyPrefix"));
    String prefix = section.verbatim("prefix").orElse("");
    return hash.flatMap(with -> encoding.map(in -> new KeyedHash(with, key, in, prefix)));
  }
}
