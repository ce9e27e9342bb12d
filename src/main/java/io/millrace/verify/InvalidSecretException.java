package io.millrace.verify;

/** A secret that cannot be used as a key. The message says why and never contains the secret. */
public final class InvalidSecretException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSecretException(String message) {
    super(message);
  }
}
