package io.millrace.config;

import java.util.List;

/** The settings cannot be used; the message has a line for every fault. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  InvalidConfigException(List<String> faults) {
    message = "invalid settings (see docs/configuration.md):\n  " + String.join("\n  ", faults);
  }

  @Override
  public String getMessage() {
    return message;
  }
}
