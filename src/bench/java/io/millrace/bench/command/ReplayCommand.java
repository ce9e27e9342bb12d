package io.millrace.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.SecretReference;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.sender.Signers;
import io.millrace.cli.Table;
import io.millrace.cli.Terminal;
import io.millrace.cli.traffic.CapturedRequest;
import io.millrace.cli.traffic.ConsoleClient;
import io.millrace.cli.traffic.ConsoleOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: sends a capture to a source of a running edge. */
@Command(
    name = "replay",
    description = {
      "Sends the requests of a capture to a source of a running edge, in their order.",
      "Each gets a new signature, made with the secret of that source: timestamps have expired,"
          + " and a capture contains neither secrets nor personal data, so the old signatures"
          + " are no longer valid."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nThe source must be a staging source (staging: true), whose events never"
          + " change records of production; `sources twin NAME` prints the file of one."
          + " Exit code 0: all were accepted, 1: some were not, 2: wrong usage, 3: no edge"
          + " or console could be reached."
    })
public final class ReplayCommand implements Callable<Integer> {
  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ConsoleOptions options = new ConsoleOptions();

  @Parameters(paramLabel = "CAPTURE", description = "A file that `deliveries capture` wrote.")
  private Path capture = Path.of("");

  @Option(names = "--to", paramLabel = "SOURCE", required = true, description = "The source.")
  private String source = "";

  @Option(
      names = "--edge",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the edge listens (default: ${DEFAULT-VALUE}).")
  private URI edge = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--secret-ref",
      paramLabel = "REF",
      description = {
        "env:NAME or file:PATH of the source's secret; for key pairs, the private key,"
            + " base64 PKCS #8. Not needed for a source without verification."
      })
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "10/s",
      description = "Requests per time, as N/s or N/m (default: ${DEFAULT-VALUE}).")
  private String rate = "";

  @Option(names = "--dry-run", description = "Sign and list the requests, but send nothing.")
  private boolean dryRun;

  @Option(names = "--production", description = "Send even to a source that is not for staging.")
  private boolean production;

  @Override
  public Integer call() throws InterruptedException {
    double perSecond = RatePerSecond.parse(rate);
    List<CapturedRequest> requests = CapturedRequest.readAll(capture);
    JsonNode target = target();
    String provider = target.path("provider").asText();
    Replay replay =
        new Replay(
            edge,
            source,
            Optional.ofNullable(target.path("public_url").textValue()),
            signer(provider),
            Clock.systemUTC());
    PrintWriter out = Terminal.out(spec);
    String what = "%s to %s (%s) at %s".formatted(capture, source, provider, edge);
    if (dryRun) {
      out.println("Would replay " + what);
      requests.forEach(request -> out.println("  " + replay.signed(request)));
      out.printf("  %d requests, none sent%n", requests.size());
      out.flush();
      return Exit.DONE;
    }
    Map<String, Integer> answers = replay.send(requests, perSecond);
    print(what, requests.size(), answers);
    if (answers.keySet().equals(java.util.Set.of(Replay.NO_ANSWER))) {
      throw CommandException.unreachable("No edge answers at " + edge + "; is it running?");
    }
    return answers.getOrDefault(Replay.ACCEPTED, 0) == requests.size() ? Exit.DONE : Exit.NO;
  }

  private JsonNode target() {
    JsonNode target;
    try (ConsoleClient console = options.connect()) {
      target =
          console
              .source(source)
              .orElseThrow(
                  () ->
                      CommandException.usage(
                          "The edge has no source %s; add its file, or choose another with --to"
                              .formatted(source)));
    }
    if (!target.path("staging").asBoolean() && !production) {
      throw CommandException.usage(
          ("The source %s is not for staging: a replay to it would change production records."
                  + " Create a staging source (`sources twin %s` prints its file), or add"
                  + " --production")
              .formatted(source, source));
    }
    return target;
  }

  private Signer signer(String provider) {
    try {
      return Signers.of(provider, secret.map(SecretReference::resolve).orElse(""));
    } catch (IllegalArgumentException invalid) {
      String hint = secret.isEmpty() ? "; pass its secret with --secret-ref" : "";
      throw CommandException.usage(
          "Cannot sign for " + source + ": " + invalid.getMessage() + hint);
    }
  }

  private void print(String what, int sent, Map<String, Integer> answers) {
    PrintWriter out = Terminal.out(spec);
    out.println("Replayed " + what);
    Table table = new Table();
    table.row("  sent", Integer.toString(sent));
    answers.forEach((answer, count) -> table.row("  " + answer, Integer.toString(count)));
    table.print(out);
    out.flush();
  }
}
