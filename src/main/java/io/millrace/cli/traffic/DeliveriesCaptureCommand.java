package io.millrace.cli.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.Exit;
import io.millrace.capture.CapturedContent;
import io.millrace.capture.Redaction;
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

/** Writes the last genuine deliveries of a source into a file, to be replayed. */
@Command(
    name = "capture",
    description = {
      "Writes the last genuine deliveries of a source into a new file, the oldest first, a JSON"
          + " object a line; `replay` and `sources test --request` read it.",
      "It holds no secrets, and unless --raw is given personal data is replaced."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nWhat is replaced:%n",
    footer = {
      "E-mail addresses, international phone numbers (+...) and IP addresses wherever they stand; and",
      "by the names of their fields: people's names and social network handles, other phone numbers,",
      "streets, towns and postal codes, positions, birthdays, numbers of passports, accounts, cards",
      "and taxpayers, and texts of two or more words (message, comment, note, description ...).",
      "In JSON, forms, XML and URLs, also JSON within a text; of files sent along nothing is kept.",
      "The shape stays, and within a capture the same is replaced by the same; another capture has",
      "other replacements. Bodies that are no text, or not kept in full, are left out.",
      "",
      "What it cannot know: names in fields that are not called so, companies, ids, and whatever is",
      "encoded or encrypted. Look at a capture before you hand it on.",
      "Exit code 0: written, 1: nothing to capture, 2: wrong usage, 3: no console."
    })
final class DeliveriesCaptureCommand implements Callable<Integer> {
  @Mixin private ConsoleOptions options = new ConsoleOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      required = true,
      description = "The source whose deliveries are captured.")
  private String source = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file; only its owner can read it.")
  private Path out = Path.of("");

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--raw", description = "Keep personal data.")
  private boolean raw;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Redaction redaction = Redaction.ofOneCapture(new SecureRandom());
    List<String> lines = new ArrayList<>();
    List<JsonNode> listed;
    try (ConsoleClient console = options.connect()) {
      listed = console.deliveries(Map.of("source", source, "outcome", "verified"), count);
      for (JsonNode delivery : listed) {
        console
            .delivery(delivery.path("id").asText())
            .flatMap(full -> line(full, redaction))
            .ifPresent(lines::add);
      }
    }
    Collections.reverse(lines);
    PrintWriter writer = spec.commandLine().getOut();
    if (lines.isEmpty()) {
      writer.println("Nothing to capture: no genuine delivery to " + source + " is kept in full.");
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

  private Optional<String> line(JsonNode delivery, Redaction redaction) {
    if (delivery.path("truncated").asBoolean()) {
      return Optional.empty();
    }
    CapturedContent content = CaptureFile.content(delivery);
    Optional<CapturedContent> kept = raw ? Optional.of(content) : redaction.redact(content);
    return kept.map(it -> CaptureFile.line(delivery, it, !raw));
  }
}
