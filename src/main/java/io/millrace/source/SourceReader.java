package io.millrace.source;

import io.millrace.verify.Secret;
import io.millrace.verify.Verification;
import io.millrace.verify.Verifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the file of one connected source. */
final class SourceReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /** As long as most senders retry. */
  static final Duration SHORTEST_DEFAULT_WINDOW = Duration.ofDays(3);

  /** As long as any known sender retries (DocuSign). */
  static final Duration LONGEST_WINDOW = Duration.ofDays(15);

  private final Catalogue catalogue;
  private final Optional<Function<String, Optional<String>>> environment;

  private SourceReader(
      Catalogue catalogue, Optional<Function<String, Optional<String>>> environment) {
    this.catalogue = catalogue;
    this.environment = environment;
  }

  /** Resolves secrets too, those of the environment by {@code environment}. */
  static SourceReader withSecrets(
      Catalogue catalogue, Function<String, Optional<String>> environment) {
    return new SourceReader(catalogue, Optional.of(environment));
  }

  /** Leaves the secrets alone. */
  static SourceReader withoutSecrets(Catalogue catalogue) {
    return new SourceReader(catalogue, Optional.empty());
  }

  /** What the file says, as far as it can be told; it counts only if there were no faults. */
  Optional<Source> read(Path file, String text, Faults faults) {
    return Yaml.parse(text, faults).flatMap(section -> source(file, new Keys(section, faults)));
  }

  private Optional<Source> source(Path file, Keys keys) {
    Optional<String> name = keys.requiredText("source", "source: billing");
    name.ifPresent(given -> checkName(given, file, keys));
    Optional<Provider> provider =
        keys.requiredText("provider", "provider: stripe").flatMap(given -> provider(given, keys));
    Optional<String> publicUrl =
        keys.converted(
            "publicUrl",
            SourceReader::publicUrl,
            "write what the provider was given, as in https://hooks.example.com/in/billing");
    List<Secret> secrets = secrets(file, keys, provider);
    List<String> allow = keys.texts("allow");
    allow.forEach(range -> checkRange(range, keys));
    provider.ifPresent(known -> checkProof(known, keys, allow));
    Optional<Boolean> spool = keys.flag("spool");
    Optional<Duration> window = keys.duration("dedupeWindow");
    window.ifPresent(given -> checkWindow(given, keys));
    Optional<RateLimit> rateLimit =
        keys.converted(
            "rateLimit", RateLimit::parse, "write a rate, as in 100/s, 600/m or 100/s burst 500");
    Optional<Mapping> mapping = keys.tree("mapping", Mapping::of);
    keys.finish();
    if (name.isEmpty() || provider.isEmpty() || mapping.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Source(
            name.get(),
            provider.get(),
            publicUrl,
            secrets,
            allow,
            spool.orElse(provider.get().anyAnswerIsSuccess()),
            window.orElseGet(() -> defaultWindow(provider.get())),
            mapping.get(),
            rateLimit));
  }

  private static Duration defaultWindow(Provider provider) {
    Duration horizon = provider.retryHorizon();
    return horizon.compareTo(SHORTEST_DEFAULT_WINDOW) > 0 ? horizon : SHORTEST_DEFAULT_WINDOW;
  }

  private static void checkName(String name, Path file, Keys keys) {
    if (!NAME.matcher(name).matches()) {
      keys.faults()
          .add(
              keys.lineOf("source"),
              "the name " + name + " cannot be a path",
              "use lower-case letters, digits and dashes, a letter or digit first");
    }
    if (!file.getFileName().toString().equals(name + Sources.SUFFIX)) {
      keys.faults()
          .add(
              keys.lineOf("source"),
              "the file is not named after the source " + name,
              "rename one of them: the file has to be " + name + Sources.SUFFIX);
    }
  }

  private Optional<Provider> provider(String name, Keys keys) {
    Optional<Provider> provider = catalogue.find(name);
    if (provider.isEmpty()) {
      List<String> near = catalogue.near(name);
      keys.faults()
          .add(
              keys.lineOf("provider"),
              "the provider " + name + " is not in the catalogue",
              near.isEmpty()
                  ? "see `millrace sources list` for the names"
                  : "did you mean " + String.join(" or ", near) + "?");
    }
    return provider;
  }

  private List<Secret> secrets(Path file, Keys keys, Optional<Provider> provider) {
    List<Keys> sections = keys.sections("secrets");
    if (environment.isEmpty()) {
      return List.of();
    }
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    Optional<Verifier> verifier = provider.map(known -> new Verifier(known.verification()));
    SecretReader reader = new SecretReader(folder, environment.get(), verifier);
    return sections.stream().flatMap(secret -> reader.read(secret).stream()).toList();
  }

  /** Fails closed: a source that proves nothing is not connected by leaving something out. */
  private static void checkProof(Provider provider, Keys keys, List<String> allow) {
    Verification verification = provider.verification();
    boolean named = keys.any("secrets").filter(SourceReader::holdsItems).isPresent();
    if (verification.needsSecret() && !named) {
      keys.faults()
          .add(
              keys.line(),
              "it has no secret, and " + provider.name() + " cannot be verified without one",
              "add secrets: with a ref: env:NAME or file:PATH");
    }
    if (!verification.needsSecret() && allow.isEmpty()) {
      keys.faults()
          .add(
              keys.line(),
              "it has no allow list, and " + provider.name() + " proves nothing else",
              "add allow: with the addresses it sends from");
    }
  }

  private static boolean holdsItems(Yaml value) {
    return !(value instanceof Yaml.Sequence sequence) || !sequence.items().isEmpty();
  }

  private static void checkRange(String range, Keys keys) {
    if (AddressRange.parse(range).isEmpty()) {
      keys.faults()
          .add(
              keys.lineOf("allow"),
              range + " is no address range",
              "write CIDR notation, as in 192.0.2.0/24 or \"2001:db8::/32\"");
    }
  }

  private static void checkWindow(Duration window, Keys keys) {
    if (window.compareTo(LONGEST_WINDOW) > 0) {
      keys.faults()
          .add(
              keys.lineOf("dedupeWindow"),
              "the dedupe window " + window + " is longer than 15 days",
              "set at most P15D: no known sender retries longer");
    }
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
    throw new IllegalArgumentException("not an http(s) address without a query");
  }
}
