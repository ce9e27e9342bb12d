package io.millrace.source;

import io.millrace.verify.InvalidSecretException;
import io.millrace.verify.Secret;
import io.millrace.verify.Verifier;
import io.millrace.yaml.Section;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Resolves one secret of a source by its reference, and refuses one that cannot be used. */
final class SecretReader {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private final Path folder;
  private final Function<String, Optional<String>> environment;
  private final Optional<Verifier> verifier;
  private final SourceFiles files;

  /** {@code folder} is what file references are relative to. */
  SecretReader(
      Path folder,
      Function<String, Optional<String>> environment,
      Optional<Verifier> verifier,
      SourceFiles files) {
    this.folder = folder;
    this.environment = environment;
    this.verifier = verifier;
    this.files = files;
  }

  /**
   * One item of a source's secrets.
   *
   * @param capture where it is saved when its provider sends it; until then there is no secret
   */
  record Entry(Optional<Secret> secret, Optional<SecretCapture> capture) {}

  /** The use of a secret, even if the rest of the item is faulty. */
  static String use(Section section) {
    return section.text("use").orElse(Secret.VERIFICATION);
  }

  Entry read(Section section) {
    Optional<String> reference = section.requiredText("ref", "env:BILLING_SECRET");
    Optional<Instant> notBefore = section.instant("notBefore");
    Optional<Instant> notAfter = section.instant("notAfter");
    String use = use(section);
    Optional<SecretCapture> capture =
        section
            .instant("captureUntil")
            .flatMap(until -> reference.flatMap(ref -> capture(ref, until, section)));
    if (notBefore.isPresent()
        && notAfter.isPresent()
        && !notBefore.get().isBefore(notAfter.get())) {
      section.fault(
          "notAfter",
          "the secret ends (notAfter) before it begins (notBefore)",
          "set notAfter later than notBefore");
    }
    boolean awaited = capture.filter(each -> !files.holds(each.file())).isPresent();
    Optional<Secret> secret =
        reference
            .filter(ref -> !awaited)
            .flatMap(ref -> value(ref, section))
            .flatMap(
                value -> reference.map(ref -> new Secret(ref, value, notBefore, notAfter, use)))
            .filter(each -> isUsable(each, section));
    return new Entry(secret, capture);
  }

  private Optional<SecretCapture> capture(String reference, Instant until, Section section) {
    try {
      if (reference.startsWith(FILE)) {
        Path file = folder.resolve(reference.substring(FILE.length()));
        return Optional.of(new SecretCapture(reference, file, until));
      }
    } catch (InvalidPathException noPath) {
      // Reported below, as for any other reference that is not a file.
    }
    section.fault(
        "ref",
        "a secret to be captured needs a file",
        "write ref: file:PATH; the secret the provider sends is saved there");
    return Optional.empty();
  }

  private Optional<String> value(String reference, Section section) {
    if (reference.startsWith(ENVIRONMENT)) {
      String name = reference.substring(ENVIRONMENT.length());
      Optional<String> value = environment.apply(name);
      if (value.isEmpty()) {
        section.fault(
            "ref",
            "the environment variable " + name + " is not set",
            "set it to the secret before starting");
      }
      return value;
    }
    if (reference.startsWith(FILE)) {
      return fromFile(reference.substring(FILE.length()), section);
    }
    section.fault(
        "ref",
        "a ref is neither env:NAME nor file:PATH",
        "write where the secret is; the secret itself must not be in this file");
    return Optional.empty();
  }

  private Optional<String> fromFile(String path, Section section) {
    try {
      String text = files.read(folder.resolve(path));
      return Optional.of(text.replaceFirst("\\R\\z", ""));
    } catch (IOException | InvalidPathException unreadable) {
      section.fault(
          "ref",
          "the secret file " + path + " cannot be read",
          "create it next to this file, or correct the path");
      return Optional.empty();
    }
  }

  private boolean isUsable(Secret secret, Section section) {
    try {
      if (verifier.isPresent()) {
        verifier.get().check(secret);
      }
      return true;
    } catch (InvalidSecretException unusable) {
      section.fault(
          "ref",
          "the secret " + secret.reference() + " cannot be used: " + unusable.getMessage(),
          "copy it again as the provider shows it");
      return false;
    }
  }
}
