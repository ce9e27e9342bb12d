package io.millrace.edge.wire;

/** The edge's certificate and key cannot be used; the message names the file and the fix. */
public final class InvalidTlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidTlsException(String message) {
    super(message);
  }

  InvalidTlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
