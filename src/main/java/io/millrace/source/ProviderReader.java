package io.millrace.source;

import io.millrace.verify.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one catalogue file: a provider and its variants. A variant is the provider with some keys
 * replaced.
 */
final class ProviderReader {
  private static final Set<String> OF_PROVIDER_ALONE =
      Set.of("provider", "aliases", "variant", "variants");

  private final Faults faults;

  ProviderReader(Faults faults) {
    this.faults = faults;
  }

  List<Provider> read(String text) {
    return Yaml.parse(text, faults).map(this::providers).orElse(List.of());
  }

  private List<Provider> providers(Yaml.Section file) {
    Keys keys = new Keys(file, faults);
    Optional<String> name = keys.requiredText("provider", "provider: stripe");
    List<String> aliases = new ArrayList<>(keys.texts("aliases"));
    // The main entry may itself be one of the variants: hubspot is hubspot-v3.
    keys.text("variant").ifPresent(own -> name.ifPresent(main -> aliases.add(main + "-" + own)));
    Optional<Keys> variants = keys.section("variants");
    List<Provider> providers = new ArrayList<>();
    provider(keys, name.orElse("?"), aliases).ifPresent(providers::add);
    keys.finish();
    variants.ifPresent(each -> providers.addAll(variants(file, name.orElse("?"), each)));
    return providers;
  }

  private List<Provider> variants(Yaml.Section file, String name, Keys variants) {
    List<Provider> providers = new ArrayList<>();
    for (String variant : variants.names()) {
      variants
          .section(variant)
          .ifPresent(
              own -> {
                Keys merged = new Keys(merge(file, own.entries()), faults);
                List<String> aliases = merged.texts("aliases");
                provider(merged, name + "-" + variant, aliases).ifPresent(providers::add);
                merged.finish();
              });
    }
    return providers;
  }

  private static Yaml.Section merge(Yaml.Section file, Map<String, Yaml> own) {
    Map<String, Yaml> merged = new LinkedHashMap<>(file.entries());
    merged.keySet().removeAll(OF_PROVIDER_ALONE);
    merged.putAll(own);
    return new Yaml.Section(merged, file.line());
  }

  private Optional<Provider> provider(Keys keys, String name, List<String> aliases) {
    Optional<String> title = keys.requiredText("title", "title: Stripe");
    Optional<Evidence> evidence = evidence(keys);
    Optional<Verification> verification =
        required(keys, "verification").flatMap(inner -> new VerificationReader(inner).read());
    boolean shakes = keys.has("handshake");
    Optional<Handshake> handshake = new HandshakeReader(faults).read(keys);
    Optional<Reply> reply =
        keys.has("reply") ? keys.section("reply").flatMap(this::reply) : Optional.of(Reply.USUAL);
    Optional<Duration> retryHorizon = keys.duration("retryHorizon");
    if (!keys.has("retryHorizon")) {
      faults.add(keys.line(), "the key retryHorizon is missing", "add it, as in retryHorizon: P3D");
    }
    Optional<Duration> responseLimit = keys.duration("responseLimit");
    Optional<Boolean> anyAnswer = keys.flag("anyAnswerIsSuccess");
    Optional<EventExtraction> events = keys.tree("events", EventExtraction::of);
    if (title.isEmpty()
        || evidence.isEmpty()
        || verification.isEmpty()
        || reply.isEmpty()
        || events.isEmpty()
        || retryHorizon.isEmpty()
        || shakes != handshake.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Provider(
            name,
            title.get(),
            aliases,
            evidence.get(),
            verification.get(),
            handshake,
            reply.get(),
            events.get(),
            retryHorizon.get(),
            responseLimit,
            anyAnswer.orElse(false),
            keys.written()));
  }

  private Optional<Keys> required(Keys keys, String key) {
    if (!keys.has(key)) {
      faults.add(keys.line(), "the section " + key + " is missing", "add it");
    }
    return keys.section(key);
  }

  private Optional<Evidence> evidence(Keys keys) {
    if (!keys.has("evidence")) {
      faults.add(
          keys.line(),
          "the section evidence is missing",
          "say on whose authority it stands, as in evidence: {proof: ours}");
    }
    return new EvidenceReader(faults).read(keys);
  }

  private Optional<Reply> reply(Keys keys) {
    int status = keys.number("status").orElse(Reply.USUAL.status());
    String contentType = keys.text("contentType").orElse(Reply.USUAL.contentType());
    Optional<String> body =
        keys.has("body") ? Optional.of(keys.verbatim("body")) : Optional.empty();
    keys.finish();
    try {
      return Optional.of(new Reply(status, contentType, body));
    } catch (IllegalArgumentException wrong) {
      faults.add(keys.lineOf("status"), String.valueOf(wrong.getMessage()), "correct it");
      return Optional.empty();
    }
  }
}
