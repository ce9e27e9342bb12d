package io.millrace.bench.command;

import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.bench.stack.StackEndpoints;
import io.millrace.config.Config;
import io.millrace.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The settings by which edge and flow find the embedded stack. */
final class EmbeddedConfig {
  private EmbeddedConfig() {}

  /**
   * The default settings, with the addresses of the stack and the state next to its data.
   *
   * @param data the stack's data directory
   */
  static Config of(StackEndpoints endpoints, Path data, int portOffset) {
    try {
      return Config.load(
          Checkout.home(),
          Optional.empty(),
          Map.of(),
          Map.of(
              "kafka.bootstrap.servers", endpoints.bootstrapServers(),
              "registry.url", endpoints.confluentUrl(),
              "connect.url", endpoints.connectUrl(),
              "warehouse.jdbc.url", endpoints.jdbcUrl(),
              "warehouse.user", endpoints.jdbcUser(),
              "warehouse.password", endpoints.jdbcPassword(),
              // Viewers of a demo want to see results soon.
              "stream.commit.interval", "PT0.2S",
              "edge.spool.directory", data.toAbsolutePath().resolve("spool").toString(),
              "stream.state.directory", data.toAbsolutePath().resolve("state").toString()),
          portOffset);
    } catch (InvalidConfigException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }
}
