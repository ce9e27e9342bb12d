package io.millrace.provider;

import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.verify.Verification;
import io.millrace.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one catalogue file: a provider and its variants. A variant is the provider with some keys
 * replaced.
 */
public final class ProviderReader {
  private static final Set<String> OF_PROVIDER_ALONE =
      Set.of("provider", "aliases", "variant", "variants");

  private ProviderReader() {}

  /** Reads the provider and its variants, as far as they are readable. */
  public static List<Provider> read(Section file) {
    Optional<String> name = file.requiredText("provider", "stripe");
    List<String> aliases = new ArrayList<>(file.texts("aliases"));
    // The main entry may itself be one of the variants: hubspot is hubspot-v3.
    file.text("variant").ifPresent(own -> name.ifPresent(main -> aliases.add(main + "-" + own)));
    List<Provider> providers = new ArrayList<>();
    provider(file, name.orElse("?"), aliases).ifPresent(providers::add);
    file.section("variants")
        .ifPresent(each -> providers.addAll(variants(file, name.orElse("?"), each)));
    return providers;
  }

  private static List<Provider> variants(Section file, String name, Section variants) {
    List<Provider> providers = new ArrayList<>();
    for (String variant : variants.keys()) {
      variants
          .section(variant)
          .map(own -> own.over(file, OF_PROVIDER_ALONE))
          .flatMap(merged -> provider(merged, name + "-" + variant, merged.texts("aliases")))
          .ifPresent(providers::add);
    }
    return providers;
  }

  private static Optional<Provider> provider(Section section, String name, List<String> aliases) {
    Optional<String> title = section.requiredText("title", "Stripe");
    Optional<Evidence> evidence = new EvidenceReader().read(section);
    Optional<Verification> verification =
        section
            .require("verification", "{scheme: basic}")
            .section("verification")
            .flatMap(inner -> new VerificationReader(inner).read());
    boolean shakes = section.has("handshake");
    Optional<Handshake> handshake = HandshakeReader.read(section);
    Optional<Reply> reply =
        section.has("reply")
            ? section.section("reply").flatMap(ProviderReader::reply)
            : Optional.of(Reply.USUAL);
    Optional<Duration> retryHorizon =
        section.require("retryHorizon", "P3D").duration("retryHorizon");
    Optional<Duration> responseLimit = section.duration("responseLimit");
    Optional<Boolean> anyAnswer = section.flag("anyAnswerIsSuccess");
    Optional<EventExtraction> events =
        section.has("events")
            ? section.section("events").map(EventExtraction::read)
            : Optional.of(EventExtraction.usual());
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
            section.written()));
  }

  private static Optional<Reply> reply(Section section) {
    int status = section.integer("status", 100, 999).orElse(Reply.USUAL.status());
    String contentType = section.text("contentType").orElse(Reply.USUAL.contentType());
    Optional<String> body = section.verbatim("body");
    return section.built(() -> new Reply(status, contentType, body.map(ReplyBody::new)));
  }
}
