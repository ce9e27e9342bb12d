package io.millrace.cli;

import io.millrace.source.Catalogue;
import io.millrace.source.Evidence;
import io.millrace.source.Fault;
import io.millrace.source.Provider;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the connected sources and the catalogue. */
@Command(
    name = "list",
    description = "The connected sources, and every provider there is a catalogue entry for.",
    mixinStandardHelpOptions = true)
final class SourcesListCommand implements Callable<Integer> {
  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "Folder of the connected sources (default: topology/sources)")
  private Path directory = Checkout.home().resolve("topology/sources");

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Catalogue catalogue = Catalogue.bundled();
    listConnected(catalogue, out);
    out.println();
    listCatalogue(catalogue, out);
    out.flush();
    return Exit.DONE;
  }

  private void listConnected(Catalogue catalogue, PrintWriter out) {
    if (!Files.isDirectory(directory)) {
      out.println("Connected: none (there is no folder " + directory + ")");
      return;
    }
    List<Sources.Surveyed> surveyed =
        Sources.survey(directory, catalogue, name -> Optional.ofNullable(System.getenv(name)));
    out.println("Connected (" + directory + "):");
    Table table = new Table("SOURCE", "PROVIDER", "READY", "ALLOW", "DEDUPE WINDOW", "PUBLIC URL");
    surveyed.forEach(each -> each.source().ifPresent(source -> row(source, each, table)));
    table.print(out);
    List<Fault> faults = surveyed.stream().flatMap(each -> each.faults().stream()).toList();
    if (!faults.isEmpty()) {
      out.println("Before the edge can start here:");
      faults.forEach(fault -> out.println("  " + fault));
    }
  }

  private static void row(Source source, Sources.Surveyed surveyed, Table table) {
    table.row(
        source.name(),
        source.provider().name(),
        surveyed.faults().isEmpty() ? "yes" : "no",
        source.allow().isEmpty() ? "any" : String.join(",", source.allow()),
        inWords(source.dedupeWindow()),
        source.publicUrl().orElse("as received"));
  }

  private static void listCatalogue(Catalogue catalogue, PrintWriter out) {
    out.println("Catalogue:");
    Table table = new Table("PROVIDER", "SCHEME", "PROVES", "EVIDENCE", "RETRIES FOR", "TITLE");
    for (Provider provider : catalogue.all()) {
      table.row(
          provider.name(),
          provider.verification().summary(),
          provider.verification().assurance().name(),
          provider
              .evidence()
              .of(Evidence.Fact.VERIFICATION)
              .map(authority -> authority.proof().name().toLowerCase(Locale.ROOT))
              .orElse("none"),
          inWords(provider.retryHorizon()),
          provider.title());
    }
    table.print(out);
  }

  private static String inWords(Duration duration) {
    if (duration.toHours() >= 48) {
      return duration.toDays() + " d" + rest(duration.toHoursPart(), " h");
    }
    return duration.toHours() > 0
        ? duration.toHours() + " h" + rest(duration.toMinutesPart(), " min")
        : duration.toMinutes() + " min";
  }

  private static String rest(int amount, String unit) {
    return amount == 0 ? "" : " " + amount + unit;
  }
}
