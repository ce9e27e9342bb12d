package io.millrace.kafka.topic;

/**
 * The cluster, the registry or Connect could not be set up as declared in topology/; the message
 * says what was unreachable or refused, and what to check.
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
