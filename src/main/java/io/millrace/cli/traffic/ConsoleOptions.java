package io.millrace.cli.traffic;

import io.millrace.app.SecretReference;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which a command finds the console of a running edge. */
public final class ConsoleOptions {
  @Option(
      names = "--console",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8090",
      description =
          "The console of the edge; it says its address when it starts"
              + " (default: ${DEFAULT-VALUE}).")
  private URI console = URI.create("http://127.0.0.1:8090");

  @Option(
      names = "--token-ref",
      paramLabel = "REF",
      description = "env:NAME or file:PATH of the console's token, if it has one.")
  private Optional<String> token = Optional.empty();

  public ConsoleClient connect() {
    return new ConsoleClient(console, token.map(SecretReference::resolve));
  }
}
