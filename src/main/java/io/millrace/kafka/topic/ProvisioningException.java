package io.millrace.kafka.topic;

/**
 * The cluster, the registry or Connect could not be brought to what the files under topology say;
 * the message says what could not be reached or was refused, and what to check.
 */
public final class ProvisioningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProvisioningException(String message) {
    super(message);
  }

  public ProvisioningException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
