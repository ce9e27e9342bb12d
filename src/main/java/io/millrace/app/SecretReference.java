package io.millrace.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads a secret from where it is kept, so that it never appears on a command line. */
public final class SecretReference {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private SecretReference() {}

  /** The secret a reference names, in this process's environment or in a file. */
  public static String resolve(String reference) {
    return resolve(reference, name -> Optional.ofNullable(System.getenv(name)).orElse(""));
  }

  /**
   * The secret a reference names.
   *
   * @param environment returns a variable's value, empty if it is not set
   * @throws CommandException if there is no such secret
   */
  public static String resolve(String reference, UnaryOperator<String> environment) {
    if (reference.startsWith(ENVIRONMENT)) {
      String name = reference.substring(ENVIRONMENT.length());
      String value = environment.apply(name);
      if (value.isBlank()) {
        throw CommandException.usage("The environment variable " + name + " is not set");
      }
      return value;
    }
    if (reference.startsWith(FILE)) {
      return read(reference.substring(FILE.length()));
    }
    throw CommandException.usage(
        "A secret must be given as env:NAME or file:PATH, never as the secret itself");
  }

  private static String read(String path) {
    try {
      String secret = Files.readString(Path.of(path)).strip();
      if (secret.isEmpty()) {
        throw CommandException.usage("The secret file " + path + " is empty");
      }
      return secret;
    } catch (IOException | InvalidPathException failure) {
      throw CommandException.usage("Cannot read the secret file " + path + ": " + failure);
    }
  }
}
