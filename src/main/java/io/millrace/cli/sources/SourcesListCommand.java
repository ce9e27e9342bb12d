package io.millrace.cli.sources;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.Catalogues;
import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.cli.Terminal;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.source.Sources;
import io.millrace.yaml.InvalidFileException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the connected sources and the catalogue, or shows one entry of it in full. */
@Command(
    name = "list",
    description = {
      "Lists the connected sources and every provider in the catalogue:",
      "how its requests are verified, how much that proves, what evidence the entry is based on,"
          + " and when it was last compared with it."
    },
    mixinStandardHelpOptions = true)
final class SourcesListCommand implements Callable<Integer> {
  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "Folder of the connected sources (default: topology/sources)")
  private Path directory = Checkout.home().resolve("topology/sources");

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description =
          "Folder with one file for each provider of your own, in addition to the"
              + " bundled catalogue")
  private Optional<Path> own = Optional.empty();

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "Show the details of one entry, by name, alias or variant (hubspot-v1)")
  private Optional<String> provider = Optional.empty();

  @Option(names = "--json", description = "Print JSON")
  private boolean json;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = Terminal.out(spec);
    Catalogue catalogue = Catalogues.load(own);
    if (provider.isPresent()) {
      Provider found = Catalogues.find(catalogue, provider.get());
      out.println(json ? CatalogueJson.of(found).toPrettyString() : new EntryInFull(found).text());
    } else if (json) {
      out.println(everything(catalogue).toPrettyString());
    } else {
      ListedSources.print(directory, surveyed(catalogue), out);
      out.println();
      ListedCatalogue.print(catalogue, LocalDate.now(ZoneOffset.UTC), out);
    }
    out.flush();
    return Exit.DONE;
  }

  private ObjectNode everything(Catalogue catalogue) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("connected", ListedSources.json(surveyed(catalogue).orElse(List.of())));
    all.set("catalogue", CatalogueJson.of(catalogue));
    return all;
  }

  /** Empty if there is no such folder. */
  private Optional<List<Sources.Surveyed>> surveyed(Catalogue catalogue) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Sources.survey(directory, catalogue, name -> Optional.ofNullable(System.getenv(name))));
    } catch (InvalidFileException unreadable) {
      throw CommandException.usage(String.valueOf(unreadable.getMessage()));
    }
  }
}
