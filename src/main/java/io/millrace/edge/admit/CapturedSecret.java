package io.millrace.edge.admit;

import io.millrace.source.SecretCapture;
import io.millrace.source.Source;
import io.millrace.verify.Secret;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secrets of a source: the configured ones, and the one its provider has sent since the start.
 */
public final class CapturedSecret {
  private final Source source;
  private volatile Optional<Secret> captured = Optional.empty();

  CapturedSecret(Source source) {
    this.source = source;
  }

  public List<Secret> secrets() {
    return captured
        .map(secret -> Stream.concat(source.secrets().stream(), Stream.of(secret)).toList())
        .orElseGet(source::secrets);
  }

  public boolean isAwaited(Instant now) {
    return captured.isEmpty() && source.awaitsSecret(now);
  }

  /**
   * Saves the secret the provider sent; it is valid from now on, including after a restart.
   *
   * @return whether it was the first
   * @throws IOException if it could not be saved
   */
  public synchronized boolean keep(String value, Instant now) throws IOException {
    if (!isAwaited(now)) {
      return false;
    }
    SecretCapture capture = source.capture().orElseThrow();
    capture.keep(value);
    captured =
        Optional.of(new Secret(capture.reference(), value, Optional.empty(), Optional.empty()));
    return true;
  }
}
