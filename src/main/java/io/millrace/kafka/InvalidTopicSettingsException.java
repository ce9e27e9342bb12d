package io.millrace.kafka;

import java.util.List;

/** The file of topics has faults; the message lists every one of them. */
public final class InvalidTopicSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidTopicSettingsException(String file, List<String> faults) {
    super(file + ":\n  " + String.join("\n  ", faults));
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
