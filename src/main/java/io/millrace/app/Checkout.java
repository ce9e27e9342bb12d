package io.millrace.app;

import java.nio.file.Path;

/** Where the files of the project are. */
public final class Checkout {
  private static final String PROPERTY = "millrace.home";

  private Checkout() {}

  /** The checkout as the launcher names it, else the working directory. */
  public static Path home() {
    return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
  }
}
