package io.millrace.console;

/**
 * Where the console listens.
 *
 * @param host address to listen on
 * @param port 0 to 65535; 0 takes a free one
 */
public record ConsoleSettings(String host, int port) {
  private static final int MAX_PORT = 65_535;

  public ConsoleSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  /** Port 8090 of this machine alone. */
  public static ConsoleSettings defaults() {
    return new ConsoleSettings("127.0.0.1", 8090);
  }
}
