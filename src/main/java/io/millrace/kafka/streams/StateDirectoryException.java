package io.millrace.kafka.streams;

import java.nio.file.Path;

/** The folder for local state cannot be used; the message says what to do. */
public final class StateDirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StateDirectoryException(Path directory, String role, Exception cause) {
    super(
        ("The state directory %s cannot be used by role %s: another process uses it, or it is"
                + " not writable. Give each process its own directory with --set"
                + " stream.state.directory=DIR. Kafka Streams reported: %s")
            .formatted(directory.toAbsolutePath(), role, cause.getMessage()),
        cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
