package io.millrace.source;

import io.millrace.model.Assurance;
import io.millrace.model.OwnEvents;
import io.millrace.model.SystemId;
import io.millrace.normalize.mapping.IdRule;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Handshake;
import io.millrace.provider.Provider;
import io.millrace.verify.Secret;
import io.millrace.verify.Verifier;
import io.millrace.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the file of one connected source. */
final class SourceReader {
  /** Instead of a URL: the scheme, host and path of each request, as far as proxies report them. */
  private static final String AS_RECEIVED = "as-received";

  /** The time for which most senders retry. */
  static final Duration SHORTEST_DEFAULT_WINDOW = Duration.ofDays(3);

  /** The longest time any known sender retries (DocuSign). */
  static final Duration LONGEST_WINDOW = Duration.ofDays(15);

  private static final Duration LONGEST_REORDER_WINDOW = Duration.ofHours(1);

  private final Catalogue catalogue;
  private final Optional<Function<String, Optional<String>>> environment;
  private final SourceFiles files;

  private SourceReader(
      Catalogue catalogue,
      Optional<Function<String, Optional<String>>> environment,
      SourceFiles files) {
    this.catalogue = catalogue;
    this.environment = environment;
    this.files = files;
  }

  /** Makes a reader that also resolves secrets, with {@code environment} for variables. */
  static SourceReader withSecrets(
      Catalogue catalogue, Function<String, Optional<String>> environment, SourceFiles files) {
    return new SourceReader(catalogue, Optional.of(environment), files);
  }

  /** Makes a reader that ignores secrets. */
  static SourceReader withoutSecrets(Catalogue catalogue, SourceFiles files) {
    return new SourceReader(catalogue, Optional.empty(), files);
  }

  /** Reads a source as far as possible; the result is valid only if there were no faults. */
  Optional<Source> read(Path file, Section section) {
    Optional<String> name = section.requiredText("source", "billing");
    name.ifPresent(given -> checkName(given, file, section));
    Optional<Provider> provider =
        section.requiredText("provider", "stripe").flatMap(given -> provider(given, section));
    boolean staging = section.flag("staging").orElse(false);
    Optional<String> system = IdRule.system(section);
    Optional<String> publicUrl = publicUrl(section, provider);
    List<Section> named = section.sections("secrets");
    List<SecretReader.Entry> secrets = secrets(file, named, provider);
    List<String> allow = section.texts("allow");
    allow.forEach(range -> checkRange(range, section));
    provider.ifPresent(known -> checkProof(known, section, named, allow));
    Optional<Assurance> required = requiredAssurance(section, provider, allow);
    Optional<Boolean> spool = section.flag("spool");
    Optional<Boolean> spread = section.flag("spread");
    Optional<Duration> window = section.duration("dedupeWindow");
    window.ifPresent(given -> checkWindow(given, section));
    Optional<Duration> reorderWindow = section.duration("reorderWindow");
    reorderWindow.ifPresent(given -> checkReorderWindow(given, section));
    Optional<RateLimit> rateLimit =
        section.parsed(
            "rateLimit", RateLimit::parse, "write a rate such as 100/s, 600/m or 100/s burst 500");
    Optional<Mapping> mapping =
        section.has("mapping")
            ? section.section("mapping").map(Mapping::read)
            : Optional.of(Mapping.none());
    if (name.isEmpty() || provider.isEmpty() || mapping.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Source(
            name.get(),
            provider.get(),
            // A staging source is a system of its own, so that its ids are those of tests.
            system.filter(given -> !staging).orElse(name.get()),
            staging,
            publicUrl,
            secrets.stream().flatMap(entry -> entry.secret().stream()).toList(),
            allow,
            required,
            spool.orElse(provider.get().anyAnswerIsSuccess()),
            spread.orElse(provider.get().events().isAllAboutPeople(mapping.get().types())),
            window.orElseGet(() -> defaultWindow(provider.get())),
            reorderWindow,
            mapping.get(),
            rateLimit,
            secrets.stream().flatMap(entry -> entry.capture().stream()).findFirst()));
  }

  /** The time for which the provider retries, but at least as long as most do. */
  static Duration defaultWindow(Provider provider) {
    Duration horizon = provider.retryHorizon();
    return horizon.compareTo(SHORTEST_DEFAULT_WINDOW) > 0 ? horizon : SHORTEST_DEFAULT_WINDOW;
  }

  private static void checkName(String name, Path file, Section section) {
    if (!SystemId.NAME.matcher(name).matches()) {
      section.fault(
          "source",
          "the name " + name + " cannot be a path",
          "use lower-case letters, digits and dashes, beginning with a letter or digit");
    }
    if (name.equals(OwnEvents.SOURCE)) {
      section.fault(
          "source",
          "the name " + name + " is reserved for events that Millrace raises itself",
          "choose another one, such as the name of the sender");
    }
    if (!file.getFileName().toString().equals(name + Sources.SUFFIX)) {
      section.fault(
          "source",
          "the file is not named after the source " + name,
          "rename one of them: the file has to be " + name + Sources.SUFFIX);
    }
  }

  private Optional<Provider> provider(String name, Section section) {
    Optional<Provider> provider = catalogue.find(name);
    if (provider.isEmpty()) {
      List<String> near = catalogue.near(name);
      section.fault(
          "provider",
          "the provider " + name + " is not in the catalogue",
          near.isEmpty()
              ? "see `millrace sources list` for the names"
              : "did you mean " + String.join(" or ", near) + "?");
    }
    return provider;
  }

  private List<SecretReader.Entry> secrets(
      Path file, List<Section> named, Optional<Provider> provider) {
    if (environment.isEmpty()) {
      named.forEach(Section::skipRest);
      return List.of();
    }
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    Optional<Verifier> verifier = provider.map(known -> new Verifier(known.verification()));
    SecretReader reader = new SecretReader(folder, environment.get(), verifier, files);
    return named.stream().map(reader::read).toList();
  }

  /** Fails closed: a missing key must not connect a source that proves nothing. */
  private static void checkProof(
      Provider provider, Section section, List<Section> named, List<String> allow) {
    Set<String> uses = new TreeSet<>(provider.verification().uses());
    named.forEach(secret -> uses.remove(SecretReader.use(secret)));
    for (String use : uses) {
      boolean usual = use.equals(Secret.VERIFICATION);
      section.fault(
          "it has no secret"
              + (usual ? "" : " with use: " + use)
              + ", and "
              + provider.name()
              + " cannot be verified without one",
          "add secrets: with a ref: env:NAME or file:PATH" + (usual ? "" : " and use: " + use));
    }
    if (!provider.verification().needsSecret() && allow.isEmpty()) {
      section.fault(
          "it has no allow list, and " + provider.name() + " provides no other proof",
          "add allow: with the addresses it sends from");
    }
    checkCapture(provider, section, named);
  }

  /** The first request is unsigned, so its address has to show that its provider sent it. */
  private static void checkCapture(Provider provider, Section section, List<Section> named) {
    boolean awaits = named.stream().anyMatch(secret -> secret.has("captureUntil"));
    boolean captures = provider.handshake().filter(Handshake::captures).isPresent();
    if (awaits
        && captures
        && named.stream().noneMatch(secret -> SecretReader.use(secret).equals(Secret.HANDSHAKE))) {
      section.fault(
          "secrets",
          "nothing distinguishes the provider that brings the secret from a stranger",
          "add a secret with use: handshake, such as {ref: env:CONNECT, use: handshake}, and give"
              + " the provider the address that ends in it: /in/NAME/SECRET");
    }
    if (!captures && awaits) {
      section.fault(
          "secrets",
          provider.name() + " does not send a secret that could be captured",
          "remove captureUntil, and set ref to where the secret is");
    }
  }

  /** Requiring more than the provider can prove would refuse every delivery, so it is a fault. */
  private static Optional<Assurance> requiredAssurance(
      Section section, Optional<Provider> provider, List<String> allow) {
    Optional<Assurance> required =
        section.parsed(
            "requireAssurance",
            Assurance::valueOf,
            "write BODY_SIGNED, PARTIAL, SHARED_SECRET or NETWORK");
    if (required.isPresent() && provider.isPresent()) {
      Assurance provable = provider.get().verification().strongestAssurance();
      Assurance most =
          provable == Assurance.NONE && !allow.isEmpty() ? Assurance.NETWORK : provable;
      if (most.compareTo(required.get()) > 0) {
        section.fault(
            "requireAssurance",
            "it requires "
                + required.get()
                + ", but "
                + provider.get().name()
                + " proves only "
                + most,
            "require at most that, or use a provider that signs");
      }
    }
    return required;
  }

  private static void checkRange(String range, Section section) {
    if (AddressRange.parse(range).isEmpty()) {
      section.fault(
          "allow",
          range + " is not an address range",
          "write CIDR notation, such as 192.0.2.0/24 or \"2001:db8::/32\"");
    }
  }

  private static void checkWindow(Duration window, Section section) {
    if (window.compareTo(LONGEST_WINDOW) > 0) {
      section.fault(
          "dedupeWindow",
          "the dedupe window " + window + " is longer than 15 days",
          "set at most P15D: no known sender retries longer");
    }
  }

  private static void checkReorderWindow(Duration window, Section section) {
    if (window.compareTo(LONGEST_REORDER_WINDOW) > 0) {
      section.fault(
          "reorderWindow",
          "the reorder window " + window + " is longer than an hour",
          "set at most PT1H: all events of its records are delayed by it");
    }
  }

  /**
   * The URL its sender calls. It must be stated where the sender signs it: what is received is
   * chosen by whoever sends the request, who may have a signature for another URL.
   */
  private static Optional<String> publicUrl(Section section, Optional<Provider> provider) {
    if (section.isText("publicUrl")
        && section.text("publicUrl").filter(AS_RECEIVED::equals).isPresent()) {
      return Optional.empty();
    }
    boolean isStated = section.has("publicUrl");
    provider
        .filter(known -> !isStated && known.verification().verifiesUrl())
        .ifPresent(
            known ->
                section.fault(
                    "it has no publicUrl, and " + known.name() + " signs the URL it posts to",
                    "add publicUrl: with the URL configured there, or publicUrl: "
                        + AS_RECEIVED
                        + " if only your own proxy or this machine can reach the edge"));
    return section.parsed(
        "publicUrl",
        SourceReader::publicUrl,
        "write the URL configured at the provider, such as https://hooks.example.com/in/billing");
  }

  private static String publicUrl(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getFragment() == null) {
        return text;
      }
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(malformed);
    }
    throw new IllegalArgumentException("not an http(s) URL without a query");
  }
}
