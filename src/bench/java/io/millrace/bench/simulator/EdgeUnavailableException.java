package io.millrace.bench.simulator;

/** The edge did not take a request for as long as the senders were willing to try. */
public final class EdgeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EdgeUnavailableException(String message) {
    super(message);
  }
}
