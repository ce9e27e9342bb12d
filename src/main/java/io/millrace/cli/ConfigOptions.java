package io.millrace.cli;

import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.config.Config;
import io.millrace.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that give a production process its settings. */
public final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with settings; docs/configuration.md lists them.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; wins over MILLRACE_* in the environment and over the file.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "Folder with one file for each connected source (default: topology/sources).")
  private Optional<Path> sources = Optional.empty();

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description =
          "Folder with one file for each provider of your own, in addition to the"
              + " bundled catalogue.")
  private Optional<Path> catalogue = Optional.empty();

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = "Adds N to every port that is not set explicitly (default: ${DEFAULT-VALUE}).")
  private int portOffset;

  /**
   * Reads and checks the settings.
   *
   * @throws CommandException lists every invalid setting
   */
  public Config load() {
    return load(Map.of());
  }

  /**
   * Reads and checks the settings.
   *
   * @param more settings from other options; they take precedence
   * @throws CommandException lists every invalid setting
   */
  public Config load(Map<String, String> more) {
    Map<String, String> commandLine = new LinkedHashMap<>(settings);
    commandLine.putAll(more);
    sources.ifPresent(
        directory -> commandLine.put("sources.directory", directory.toAbsolutePath().toString()));
    catalogue.ifPresent(
        directory -> commandLine.put("catalogue.directory", directory.toAbsolutePath().toString()));
    PortOffset.check(portOffset);
    try {
      return Config.load(Checkout.home(), file, System.getenv(), commandLine, portOffset);
    } catch (InvalidConfigException e) {
      throw CommandException.usage(e.getMessage());
    }
  }
}
