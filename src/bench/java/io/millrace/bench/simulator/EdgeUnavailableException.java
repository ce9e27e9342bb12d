package io.millrace.bench.simulator;

/** The edge did not accept a request for as long as the senders retried. */
public final class EdgeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EdgeUnavailableException(String message) {
    super(message);
  }
}
