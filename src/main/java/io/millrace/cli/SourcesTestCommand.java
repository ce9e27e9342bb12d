package io.millrace.cli;

import io.millrace.source.Provider;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges one captured request without a server, and shows what it would become. */
@Command(
    name = "test",
    description = {
      "Would this captured request verify, and what would it become?",
      "Prints OK or the reason, then why, then a line for each event: its type, record and id."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nThe file:%n",
    footer = {
      "{\"secrets\": [\"...\"], \"nowMs\": 1700000000000, \"request\": {\"method\": \"POST\",",
      " \"url\": \"https://...\", \"headers\": {\"Name\": \"value\"}, \"bodyBase64\": \"...\"}}",
      "nowMs may be left out. Exit code 0: it verifies, 1: it does not, 2: wrong usage."
    })
final class SourcesTestCommand implements Callable<Integer> {
  @Option(
      names = "--provider",
      paramLabel = "P",
      required = true,
      description = "Catalogue name, perhaps of a variant: stripe, hubspot-v1")
  private String provider = "";

  @Option(
      names = "--request",
      paramLabel = "FILE",
      required = true,
      description = "The request and its secrets as a JSON object")
  private Path file = Path.of("");

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description = "Folder with one file for each provider of your own, beside the catalogue's")
  private Optional<Path> catalogue = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Judge as if it were this time (2026-01-01T00:00:00Z); default: nowMs of the file, else now")
  private Optional<String> at = Optional.empty();

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Provider known = Catalogues.find(Catalogues.load(catalogue), provider);
    Optional<Instant> asked = at.map(SourcesTestCommand::instant);
    CapturedRequest captured = CapturedRequest.read(file);
    Instant now = asked.or(captured::capturedAt).orElseGet(() -> Clock.systemUTC().instant());
    List<String> steps = new ArrayList<>();
    Verdict verdict =
        new Verifier(known.verification())
            .verify(captured.request(), captured.secrets(), now, steps::add);
    print(known, now, steps, verdict);
    if (verdict instanceof Verdict.Verified verified) {
      new WouldBecome(known, captured).print(verified, now, out());
    }
    out().flush();
    return verdict instanceof Verdict.Verified ? Exit.DONE : Exit.NO;
  }

  private void print(Provider known, Instant now, List<String> steps, Verdict verdict) {
    PrintWriter out = out();
    out.println(
        switch (verdict) {
          case Verdict.Verified verified -> "OK";
          case Verdict.Refused refused -> refused.reason().name();
        });
    out.println("  provider: " + known.name() + " (" + known.verification().summary() + ")");
    out.println("  judged at: " + now);
    steps.forEach(step -> out.println("  " + step));
    out.println(
        switch (verdict) {
          case Verdict.Verified verified -> "  proved: " + verified.assurance();
          case Verdict.Refused refused -> "  refused: " + refused.explanation();
        });
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw CommandException.usage(
          "--at " + text + " is no time; write it in UTC, as in 2026-01-01T00:00:00Z");
    }
  }
}
