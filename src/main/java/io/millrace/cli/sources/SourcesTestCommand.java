package io.millrace.cli.sources;

import io.millrace.app.Catalogues;
import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.cli.Terminal;
import io.millrace.cli.traffic.CapturedRequest;
import io.millrace.identity.IdentityRules;
import io.millrace.normalize.NormalizeRules;
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

/** Verifies one captured request without a server, and shows the events it would become. */
@Command(
    name = "test",
    description = {
      "Checks whether a captured request verifies, and which events it would become.",
      "Prints OK or the reason, an explanation, and a line for each event with its"
          + " type, record and id, and its invalid fields.",
      "Never prints a secret or anything computed from one."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nThe file:%n",
    footer = {
      "{\"secrets\": [\"...\"], \"nowMs\": 1700000000000, \"request\": {\"method\": \"POST\",",
      " \"url\": \"https://...\", \"headers\": {\"Name\": \"value\"}, \"bodyBase64\": \"...\"}}",
      "nowMs is optional. With --source, secrets is optional too: the source's own are used.",
      "Exit code 0: it verifies, 1: it does not, 2: wrong usage."
    })
final class SourcesTestCommand implements Callable<Integer> {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private As as = new As();

  /** The provider or source that the request is judged by. */
  static final class As {
    @Option(
        names = "--provider",
        paramLabel = "P",
        description = "Catalogue name of a provider or variant: stripe, hubspot-v1")
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
      description =
          "Folder with one file for each provider of your own, in addition to the"
              + " bundled catalogue")
  private Optional<Path> catalogue = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Time to judge the request at (2026-01-01T00:00:00Z); default: nowMs of the file, else"
              + " now")
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
        new WouldBecome(source, rules(), captured).print(verified, now, out());
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

  private NormalizeRules rules() {
    try {
      return NormalizeRules.forShow(FieldRules.load(rules), IdentityRules.load(rules));
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
    return Terminal.out(spec);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw CommandException.usage(
          "--at " + text + " is not a time; write it in UTC, as in 2026-01-01T00:00:00Z");
    }
  }
}
