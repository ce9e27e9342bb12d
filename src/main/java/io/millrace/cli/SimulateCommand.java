package io.millrace.cli;

import io.millrace.stack.simulator.DemoSecrets;
import io.millrace.stack.simulator.FaultRates;
import io.millrace.stack.simulator.Postman;
import io.millrace.stack.simulator.SourceNames;
import io.millrace.stack.simulator.SteadyTraffic;
import io.millrace.stack.simulator.sender.Signer;
import io.millrace.stack.simulator.sender.Signers;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: realistic signed traffic for one source. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Posts realistic, signed traffic to one source of a running edge.",
      "The customers are made up; at the end it says what was answered. Some sources carry several"
          + " events per request."
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:/(s|m))?");
  private static final Pattern TIME = Pattern.compile("\\d+[smhSMH]");
  private static final int SECONDS_PER_MINUTE = 60;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      required = true,
      description = "Name of the source to post to.")
  private String source = "";

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = {
        "Whose shapes and signatures to use: envelope, hubspot, stripe, segment, sendgrid, typeform",
        "(default: what topology/sources gives a source of this name)."
      })
  private Optional<String> provider = Optional.empty();

  @Option(
      names = "--edge",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the edge listens (default: ${DEFAULT-VALUE}).")
  private URI edge = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--secret-ref",
      paramLabel = "REF",
      required = true,
      description =
          "env:NAME or file:PATH of the signing secret; for sendgrid the private key, base64 PKCS #8.")
  private String secretReference = "";

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "10/s",
      description = "Requests per time, as N/s or N/m (default: ${DEFAULT-VALUE}).")
  private String rate = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Amount amount = new Amount();

  @Option(
      names = "--duplicates",
      paramLabel = "FRACTION",
      defaultValue = "0.03",
      description = "Fraction of events and deliveries sent twice (default: ${DEFAULT-VALUE}).")
  private double duplicates;

  @Option(
      names = "--disorder",
      paramLabel = "FRACTION",
      defaultValue = "0.1",
      description = "Fraction of records with events out of order (default: ${DEFAULT-VALUE}).")
  private double disorder;

  @Option(
      names = "--forged",
      paramLabel = "FRACTION",
      defaultValue = "0.02",
      description = "Fraction of requests to be refused (default: ${DEFAULT-VALUE}).")
  private double forged;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides everything that is left to chance (default: another every time).")
  private Optional<Long> seed = Optional.empty();

  /** How much to send. */
  static final class Amount {
    @Option(names = "--count", paramLabel = "N", description = "End after so many requests.")
    private Optional<Long> count = Optional.empty();

    @Option(
        names = "--for",
        paramLabel = "DURATION",
        description = "End after this time, such as 30s, 5m or PT1H.")
    private Optional<String> duration = Optional.empty();
  }

  @Override
  public Integer call() throws InterruptedException {
    String model = model();
    Clock clock = Clock.systemUTC();
    long chosen = seed.orElseGet(() -> clock.millis());
    String secret =
        SecretReference.resolve(
            secretReference, name -> Optional.ofNullable(System.getenv(name)).orElse(""));
    Map<String, Integer> answers;
    try (Postman postman =
        new Postman(edge, Map.of(source, signer(model, secret)), forger(model), clock)) {
      answers =
          new SteadyTraffic(source, model, rates(), postman, perSecond(), clock)
              .send(
                  chosen,
                  amount.count.orElse(Long.MAX_VALUE),
                  amount.duration.map(SimulateCommand::duration).orElse(Duration.ofDays(1)));
    }
    print(answers, chosen);
    if (answers.keySet().equals(Set.of(SteadyTraffic.NO_ANSWER))) {
      throw CommandException.unreachable("No edge answers at " + edge + "; is it running?");
    }
    return Exit.DONE;
  }

  private String model() {
    String shapes =
        provider
            .or(() -> SourceNames.providerOf(source))
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "What does source '%s' get? Say --provider, one of %s"
                            .formatted(source, Signers.providers())));
    return SourceNames.ofProvider(shapes)
        .orElseThrow(
            () ->
                CommandException.usage(
                    "The simulator has no provider '%s', only %s"
                        .formatted(shapes, Signers.providers())));
  }

  private static Signer signer(String model, String secret) {
    try {
      return Signers.of(SourceNames.providerOf(model).orElseThrow(), secret);
    } catch (IllegalArgumentException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  private Map<String, Signer> forger(String model) {
    String unknown = DemoSecrets.draw().signing().getOrDefault(model, "");
    return Map.of(source, signer(model, unknown));
  }

  private FaultRates rates() {
    try {
      return FaultRates.ofOneSource(duplicates, disorder, forged);
    } catch (IllegalArgumentException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  private double perSecond() {
    Matcher matcher = RATE.matcher(rate);
    if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
      throw CommandException.usage("--rate is a number above 0 per s or m, like 20/s; got " + rate);
    }
    double number = Double.parseDouble(matcher.group(1));
    return "m".equals(matcher.group(2)) ? number / SECONDS_PER_MINUTE : number;
  }

  private static Duration duration(String text) {
    try {
      return TIME.matcher(text).matches()
          ? Duration.parse("PT" + text.toUpperCase(Locale.ROOT))
          : Duration.parse(text);
    } catch (DateTimeParseException invalid) {
      throw CommandException.usage("--for is a time like 30s, 5m or PT1H; got " + text);
    }
  }

  private void print(Map<String, Integer> answers, long chosen) {
    PrintWriter out = spec.commandLine().getOut();
    int sum = answers.values().stream().mapToInt(Integer::intValue).sum();
    out.printf(Locale.ROOT, "%d requests to %s, seed %d%n", sum, source, chosen);
    answers.forEach((answer, count) -> out.printf(Locale.ROOT, "  %-32s %8d%n", answer, count));
    out.flush();
  }
}
