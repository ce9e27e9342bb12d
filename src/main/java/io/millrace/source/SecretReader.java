package io.millrace.source;

import io.millrace.verify.InvalidSecretException;
import io.millrace.verify.Secret;
import io.millrace.verify.Verifier;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Resolves one secret of a source from where its file says it is, and refuses one of no use. */
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

  Optional<Secret> read(Keys keys) {
    Optional<String> reference = keys.requiredText("ref", "ref: env:BILLING_SECRET");
    Optional<Instant> notBefore = keys.instant("notBefore");
    Optional<Instant> notAfter = keys.instant("notAfter");
    keys.finish();
    if (notBefore.isPresent()
        && notAfter.isPresent()
        && !notBefore.get().isBefore(notAfter.get())) {
      keys.faults()
          .add(
              keys.lineOf("notAfter"),
              "the secret ends (notAfter) before it begins (notBefore)",
              "set notAfter later than notBefore");
    }
    return reference.flatMap(
        ref ->
            value(ref, keys)
                .map(value -> new Secret(ref, value, notBefore, notAfter))
                .filter(secret -> isUsable(secret, keys)));
  }

  private Optional<String> value(String reference, Keys keys) {
    if (reference.startsWith(ENVIRONMENT)) {
      String name = reference.substring(ENVIRONMENT.length());
      Optional<String> value = environment.apply(name);
      if (value.isEmpty()) {
        keys.faults()
            .add(
                keys.lineOf("ref"),
                "the environment variable " + name + " is not set",
                "set it to the secret before starting");
      }
      return value;
    }
    if (reference.startsWith(FILE)) {
      return fromFile(reference.substring(FILE.length()), keys);
    }
    keys.faults()
        .add(
            keys.lineOf("ref"),
            "a ref is neither env:NAME nor file:PATH",
            "name where the secret is; the secret itself has no place in this file");
    return Optional.empty();
  }

  private Optional<String> fromFile(String path, Keys keys) {
    try {
      String text = files.read(folder.resolve(path));
      return Optional.of(text.replaceFirst("\\R\\z", ""));
    } catch (IOException | InvalidPathException unreadable) {
      keys.faults()
          .add(
              keys.lineOf("ref"),
              "the secret file " + path + " cannot be read",
              "create it beside this file, or correct the path");
      return Optional.empty();
    }
  }

  private boolean isUsable(Secret secret, Keys keys) {
    try {
      if (verifier.isPresent()) {
        verifier.get().check(secret);
      }
      return true;
    } catch (InvalidSecretException unusable) {
      keys.faults()
          .add(
              keys.lineOf("ref"),
              "the secret " + secret.reference() + " cannot be used: " + unusable.getMessage(),
              "copy it again as the provider shows it");
      return false;
    }
  }
}
