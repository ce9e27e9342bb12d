package io.millrace.bench.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.bench.stack.StackEndpoints;
import io.millrace.config.Config;
import io.millrace.config.InvalidConfigException;
import io.millrace.file.OwnerOnly;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The settings by which edge and flow find the embedded stack. */
final class EmbeddedConfig {
  private EmbeddedConfig() {}

  /**
   * The default settings, with the addresses of the stack and the state next to its data.
   *
   * @param data the stack's data directory
   */
  static Config of(StackEndpoints endpoints, Path data, int portOffset) {
    Map<String, String> settings = addresses(endpoints);
    // Viewers of a demo want to see results soon.
    settings.put("stream.commit.interval", "PT0.2S");
    settings.put("edge.spool.directory", data.toAbsolutePath().resolve("spool").toString());
    settings.put("stream.state.directory", data.toAbsolutePath().resolve("state").toString());
    try {
      return Config.load(Checkout.home(), Optional.empty(), Map.of(), settings, portOffset);
    } catch (InvalidConfigException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  /**
   * Writes the addresses of the stack, and where its passwords are, for {@code --config} of
   * processes that use it.
   *
   * @return the file
   */
  static Path write(StackEndpoints endpoints, Path data) {
    Path file = data.resolve("stack.properties");
    Properties properties = new Properties();
    properties.putAll(addresses(endpoints));
    try (StringWriter text = new StringWriter()) {
      properties.store(text, "Written by `millrace up` at every start.");
      OwnerOnly.replace(file, text.toString().getBytes(UTF_8));
    } catch (IOException failure) {
      throw CommandException.unreachable("Cannot write %s: %s".formatted(file, failure));
    }
    return file;
  }

  private static Map<String, String> addresses(StackEndpoints endpoints) {
    return new TreeMap<>(
        Map.of(
            "kafka.bootstrap.servers", endpoints.bootstrapServers(),
            "registry.url", endpoints.confluentUrl(),
            "identity.key", "file:" + endpoints.identityKeyFile(),
            "connect.url", endpoints.connectUrl(),
            "connect.password", "file:" + endpoints.connectPasswordFile(),
            "warehouse.jdbc.url", endpoints.jdbcUrl(),
            "warehouse.user", endpoints.jdbcUser(),
            "warehouse.password", endpoints.jdbcPasswordReference()));
  }
}
