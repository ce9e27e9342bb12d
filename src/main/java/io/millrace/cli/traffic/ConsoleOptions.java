package io.millrace.cli.traffic;

import io.millrace.app.SecretReference;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that locate the console of a running edge. */
public final class ConsoleOptions {
  @Option(
      names = "--console",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8090",
      description =
          "The console of the edge, which prints its address when it starts"
              + " (default: ${DEFAULT-VALUE}).")
  private URI console = URI.create("http://127.0.0.1:8090");

  @Option(
      names = "--token-ref",
      paramLabel = "REF",
      description = "Where the console's token is kept, if it has one: env:NAME or file:PATH.")
  private Optional<String> token = Optional.empty();

  // Picocli puts the command that has these options in its place.
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  public ConsoleClient connect() {
    return new ConsoleClient(console, token.map(SecretReference::resolve), command);
  }
}
