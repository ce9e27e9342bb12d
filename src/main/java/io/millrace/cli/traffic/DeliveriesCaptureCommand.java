package io.millrace.cli.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.Catalogues;
import io.millrace.app.Exit;
import io.millrace.capture.CapturedContent;
import io.millrace.capture.Redaction;
import io.millrace.cli.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the latest genuine deliveries of a source to a file that can be replayed. */
@Command(
    name = "capture",
    description = {
      "Writes the latest genuine deliveries of a source to a new file, oldest first, one JSON"
          + " object per line. `replay` and `sources test --request` read it.",
      "The file contains no secrets. Personal data is replaced unless --raw is given."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nWhat is replaced:%n",
    footer = {
      "E-mail addresses, international phone numbers (+...) and IP addresses"
          + " anywhere; and by the names of their fields: people's names and social network"
          + " handles, other phone numbers, streets, towns and postal codes, positions,"
          + " birthdays, numbers of passports, accounts, cards and taxpayers, and texts of"
          + " two or more words (message, comment, note, description ...).",
      "In JSON, forms, XML and URLs, also in JSON within a string; attached files are"
          + " removed.",
      "The structure stays. Within one capture, equal values get equal replacements;"
          + " another capture uses others. Deliveries whose body is not text, or not kept"
          + " in full, are left out.",
      "",
      "What it cannot detect: names in fields with other names, companies, ids, and"
          + " anything encoded or encrypted. Check a capture before you share it.",
      "Exit code 0: written, 1: nothing to capture, 2: wrong usage, 3: no console."
    })
final class DeliveriesCaptureCommand implements Callable<Integer> {
  @Mixin private ConsoleOptions options = new ConsoleOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      required = true,
      description = "The source to capture deliveries of.")
  private String source = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to create, readable only by its owner.")
  private Path out = Path.of("");

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description = "Maximum number of deliveries (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--raw", description = "Keep personal data.")
  private boolean raw;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<String> lines = new ArrayList<>();
    List<JsonNode> listed;
    try (ConsoleClient console = options.connect()) {
      Redaction redaction =
          Redaction.ofOneCapture(
              new SecureRandom(),
              console.source(source).map(DeliveriesCaptureCommand::mapped).orElse(Map.of()));
      listed = console.deliveries(Map.of("source", source, "outcome", "verified"), count);
      for (JsonNode delivery : listed) {
        console
            .delivery(delivery.path("id").asText())
            .flatMap(full -> line(full, redaction))
            .ifPresent(lines::add);
      }
    }
    Collections.reverse(lines);
    PrintWriter writer = Terminal.out(spec);
    if (lines.isEmpty()) {
      writer.println("Nothing to capture: no complete genuine delivery to " + source + " is kept.");
      writer.flush();
      return Exit.NO;
    }
    CaptureFile.write(out, lines);
    writer.printf(
        "%d deliveries to %s in %s, %s; %d left out%n",
        lines.size(),
        source,
        out,
        raw ? "with personal data" : "personal data replaced as far as it can be found",
        listed.size() - lines.size());
    writer.flush();
    return Exit.DONE;
  }

  /** Of a provider that only the edge's own catalogue has, the names of fields must suffice. */
  private static Map<String, String> mapped(JsonNode source) {
    return Catalogues.load(Optional.empty())
        .find(source.path("provider").asText())
        .map(MappedFields::of)
        .orElse(Map.of());
  }

  private Optional<String> line(JsonNode delivery, Redaction redaction) {
    if (delivery.path("truncated").asBoolean()) {
      return Optional.empty();
    }
    CapturedContent content = CaptureFile.content(delivery);
    Optional<CapturedContent> kept = raw ? Optional.of(content) : redaction.redact(content);
    return kept.map(it -> CaptureFile.line(delivery, it, !raw));
  }
}
