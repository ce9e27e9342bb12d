package io.millrace.cli;

import java.nio.file.Path;

/** Where the files of the project lie. */
final class Checkout {
  private static final String PROPERTY = "millrace.home";

  private Checkout() {}

  /** The checkout as the launcher names it, else the working directory. */
  static Path home() {
    return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
  }
}
