package io.millrace.console;

import java.util.Optional;

/**
 * Where the console listens.
 *
 * @param host address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param token the reference of the token the operator API asks for, {@code env:NAME} or {@code
 *     file:PATH}
 */
public record ConsoleSettings(String host, int port, Optional<String> token) {
  private static final int MAX_PORT = 65_535;

  public ConsoleSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /** The same on another port. */
  public ConsoleSettings withPort(int other) {
    return new ConsoleSettings(host, other, token);
  }

  /** Port 8090 of this machine alone. */
  public static ConsoleSettings defaults() {
    return new ConsoleSettings("127.0.0.1", 8090, Optional.empty());
  }
}
