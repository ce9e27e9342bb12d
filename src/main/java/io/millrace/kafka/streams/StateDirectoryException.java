package io.millrace.kafka.streams;

import java.nio.file.Path;

/** The folder for local state cannot be used; the message says what to do. */
public final class StateDirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StateDirectoryException(Path directory, String role, Exception cause) {
    super(
        ("The state directory %s cannot be used by role %s: another process uses it, or it cannot be"
                + " written to. Each process needs one of its own: --set stream.state.directory=DIR."
                + " Kafka Streams says: %s")
            .formatted(directory.toAbsolutePath(), role, cause.getMessage()),
        cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
