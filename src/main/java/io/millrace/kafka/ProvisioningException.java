package io.millrace.kafka;

/**
 * The cluster, the registry or Connect could not be brought to what the files under topology say;
 * the message says what could not be reached or was refused, and what to check.
 */
public final class ProvisioningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProvisioningException(String message) {
    super(message);
  }

  ProvisioningException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
