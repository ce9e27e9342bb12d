package io.millrace.cli.sources;

import io.millrace.app.Catalogues;
import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.cli.traffic.CapturedRequest;
import io.millrace.normalize.field.FieldRules;
import io.millrace.provider.Catalogue;
import io.millrace.source.Source;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import io.millrace.yaml.InvalidFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges one captured request without a server, and shows what it would become. */
@Command(
    name = "test",
    description = {
      "Would this captured request verify, and what would it become?",
      "Prints OK or the reason, then why, then a line for each event: its type, record and id,",
      "and what is wrong with its fields.",
      "Neither a secret nor anything made with one is ever printed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nThe file:%n",
    footer = {
      "{\"secrets\": [\"...\"], \"nowMs\": 1700000000000, \"request\": {\"method\": \"POST\",",
      " \"url\": \"https://...\", \"headers\": {\"Name\": \"value\"}, \"bodyBase64\": \"...\"}}",
      "nowMs may be left out, and with --source the secrets, which are then the source's own.",
      "Exit code 0: it verifies, 1: it does not, 2: wrong usage."
    })
final class SourcesTestCommand implements Callable<Integer> {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private As as = new As();

  /** What the request is judged as. */
  static final class As {
    @Option(
        names = "--provider",
        paramLabel = "P",
        description = "Catalogue name, perhaps of a variant: stripe, hubspot-v1")
    private Optional<String> provider = Optional.empty();

    @Option(
        names = "--source",
        paramLabel = "NAME",
        description = "A connected source: its provider, secrets, public URL and mapping")
    private Optional<String> source = Optional.empty();
  }

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "Folder of the connected sources (default: topology/sources)")
  private Path directory = Checkout.home().resolve("topology/sources");

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Folder with the table of fields (default: topology/rules)")
  private Path rules = Checkout.home().resolve("topology/rules");

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
    Catalogue entries = Catalogues.load(catalogue);
    Source source = source(entries);
    Optional<Instant> asked = at.map(SourcesTestCommand::instant);
    CapturedRequest captured = captured(source);
    Optional<Instant> given = asked.or(captured::capturedAt);
    Instant now = given.orElseGet(() -> Clock.systemUTC().instant());
    List<String> steps = new ArrayList<>();
    Verdict verdict =
        source.weigh(
            new Verifier(source.provider().verification())
                .verify(captured.request(), captured.secrets(), now, steps::add));
    Explanation explanation = new Explanation(source, captured, now, out());
    switch (verdict) {
      case Verdict.Verified verified -> {
        explanation.printOk(verified, steps);
        new WouldBecome(source, fields(), captured).print(verified, now, out());
      }
      case Verdict.Refused refused ->
          explanation.printRefused(refused, steps, given.isEmpty(), entries.all());
    }
    out().flush();
    return verdict instanceof Verdict.Verified ? Exit.DONE : Exit.NO;
  }

  private Source source(Catalogue entries) {
    JudgedSource known = new JudgedSource(entries);
    try {
      return as.source
          .map(
              name ->
                  known.connected(
                      name, directory, variable -> Optional.ofNullable(System.getenv(variable))))
          .orElseGet(() -> known.ofProvider(as.provider.orElse("")));
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  private FieldRules fields() {
    try {
      return FieldRules.load(rules);
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  /** As the edge would see it: at the source's public URL, and by its secrets. */
  private CapturedRequest captured(Source source) {
    if (as.source.isEmpty()) {
      return CapturedRequest.read(file);
    }
    CapturedRequest captured = CapturedRequest.readWithoutSecrets(file);
    String url = captured.request().url();
    String publicUrl =
        source.publicUrl().map(configured -> atPublicUrl(configured, url)).orElse(url);
    return captured.with(publicUrl, source.secrets());
  }

  private static String atPublicUrl(String configured, String url) {
    String path = url.split("[?#]", 2)[0];
    String[] segments = path.replaceFirst("^[a-z]+://[^/]*", "").split("/", -1);
    boolean hasToken = segments.length > 3 && segments[1].equals("in") && !segments[3].isEmpty();
    return configured + (hasToken ? "/" + segments[3] : "") + url.substring(path.length());
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
