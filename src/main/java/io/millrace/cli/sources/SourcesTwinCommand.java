package io.millrace.cli.sources;

import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.cli.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the file of a source's staging twin. */
@Command(
    name = "twin",
    description = {
      "Prints the file of a staging twin of a source: the same provider and mapping, but its own"
          + " name and secret.",
      "What the twin receives goes through the whole flow, but its records, people and accounts"
          + " have separate ids (lead/billing-staging:L-1), so that it never changes production"
          + " data. Its events are tagged staging."
    },
    mixinStandardHelpOptions = true)
final class SourcesTwinCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SOURCE", description = "The source to make a twin of.")
  private String source = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the twin (default: the source's with -staging).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "Folder of the connected sources (default: topology/sources)")
  private Path directory = Checkout.home().resolve("topology/sources");

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    String twin = name.orElse(source + "-staging");
    if (!twin.matches("[a-z0-9][a-z0-9-]*") || twin.equals(source)) {
      throw CommandException.usage(
          "--name must be another name, made of lower-case letters, digits and dashes, not"
              + " "
              + twin);
    }
    PrintWriter out = Terminal.out(spec);
    out.print(new StagingTwin(source, twin).of(read()));
    out.flush();
    return Exit.DONE;
  }

  private String read() {
    Path file = directory.resolve(source + ".yaml");
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "Cannot read the source %s from %s; check the name and --sources"
              .formatted(source, file));
    }
  }
}
