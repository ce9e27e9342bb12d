package io.millrace.bench.command;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.SecretReference;
import io.millrace.bench.simulator.AnswerCounts;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.cli.Terminal;
import io.millrace.provider.Provider;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "Posts realistic, signed traffic to one source of a running edge, as any provider in the"
          + " catalogue would.",
      "The people are made up. At the end it reports how the requests were answered. Some"
          + " providers put several events into one request. The same seed produces the same"
          + " ids, which the flow drops as duplicates."
    },
    footerHeading = "%nKeys:%n",
    footer = {
      "If the provider shares a secret with its receiver, --secret-ref is the" + " source's own.",
      "If it signs with a private key (sendgrid, gong, telnyx ...), or to get a new"
          + " secret of the right form, use --generate-key: it prints one half for the"
          + " source, one for --secret-ref.",
      "Exit code 0: everything was answered as planned, 1: something was not, 2:"
          + " wrong usage, 3: no edge answers."
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("\\d+[smhSMH]");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--source", paramLabel = "NAME", description = "Name of the source to post to.")
  private String source = "";

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = {
        "Provider whose requests are sent, as in `sources list`: slack, hubspot-v1 ...",
        "(default for the sources of the demo: their own)."
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
      description = "env:NAME or file:PATH of the secret or private key to sign with.")
  private Optional<String> secretReference = Optional.empty();

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "The source's publicUrl, if it has one: some providers sign the URL they post to.",
        "The requests are still sent to --edge."
      })
  private Optional<String> publicUrl = Optional.empty();

  @Option(
      names = "--list",
      description = "Print what each provider (or the one of --provider) sends, and exit.")
  private boolean list;

  @Option(
      names = "--generate-key",
      description = "Print a new key or secret of the kind the provider signs with, and exit.")
  private boolean generateKey;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "10/s",
      description = "Requests per time, as N/s or N/m (default: ${DEFAULT-VALUE}).")
  private String rate = "";

  @ArgGroup(exclusive = true, multiplicity = "0..1")
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
      description =
          "Fraction of requests that are forged and must be refused (default:"
              + " ${DEFAULT-VALUE}).")
  private double forged;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random (default: a new one each time).")
  private Optional<Long> seed = Optional.empty();

  /** How much to send. */
  static final class Amount {
    @Option(names = "--count", paramLabel = "N", description = "Stop after N requests.")
    private Optional<Long> count = Optional.empty();

    @Option(
        names = "--for",
        paramLabel = "DURATION",
        description = "Stop after this time, such as 30s, 5m or PT1H.")
    private Optional<String> duration = Optional.empty();
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Terminal.out(spec);
    if (list) {
      SimulatedProviders.print(provider.map(SimulatedProviders::known), out);
      return Exit.DONE;
    }
    if (generateKey) {
      SimulatedProviders.printKeys(SimulatedProviders.known(required(provider, "--provider")), out);
      return Exit.DONE;
    }
    return send();
  }

  private int send() throws InterruptedException {
    required(Optional.of(source).filter(name -> !name.isEmpty()), "--source");
    required(secretReference, "--secret-ref");
    if (amount.count.isEmpty() && amount.duration.isEmpty()) {
      throw CommandException.usage("Missing --count or --for: how much to send");
    }
    Provider shapes = provider();
    long chosen = seed.orElseGet(() -> Clock.systemUTC().millis());
    AnswerCounts tally = traffic(shapes).send(chosen, count(), howLong());
    print(tally, chosen);
    if (tally.isSilent()) {
      throw CommandException.unreachable("No edge answers at " + edge + "; is it running?");
    }
    return tally.unplanned() == 0 ? Exit.DONE : Exit.NO;
  }

  private Traffic traffic(Provider shapes) {
    String secret =
        SecretReference.resolve(
            secretReference.orElseThrow(),
            name -> Optional.ofNullable(System.getenv(name)).orElse(""));
    return new Traffic(
        source,
        shapes.name(),
        secret,
        edge,
        publicUrl,
        rates(),
        RatePerSecond.parse(rate),
        Clock.systemUTC());
  }

  private long count() {
    return amount.count.orElse(Long.MAX_VALUE);
  }

  private Duration howLong() {
    return amount.duration.map(SimulateCommand::duration).orElse(Duration.ofDays(1));
  }

  private Provider provider() {
    return SimulatedProviders.known(
        provider
            .or(() -> SourceNames.providerOf(source))
            .orElseThrow(
                () ->
                    CommandException.usage(
                        ("Missing --provider: which provider sends to '%s', as in --provider"
                                    + " hubspot? ")
                                .formatted(source)
                            + "`millrace simulate --list` lists them all")));
  }

  private static String required(Optional<String> given, String option) {
    return given.orElseThrow(() -> CommandException.usage("Missing required option: " + option));
  }

  private FaultRates rates() {
    try {
      return FaultRates.ofOneSource(duplicates, disorder, forged);
    } catch (IllegalArgumentException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  private static Duration duration(String text) {
    try {
      return TIME.matcher(text).matches()
          ? Duration.parse("PT" + text.toUpperCase(Locale.ROOT))
          : Duration.parse(text);
    } catch (DateTimeParseException invalid) {
      throw CommandException.usage("--for must be a time such as 30s, 5m or PT1H, not " + text);
    }
  }

  private void print(AnswerCounts tally, long chosen) {
    PrintWriter out = Terminal.out(spec);
    out.printf(Locale.ROOT, "%d requests to %s, seed %d%n", tally.requests(), source, chosen);
    tally
        .answers()
        .forEach((answer, count) -> out.printf(Locale.ROOT, "  %-32s %8d%n", answer, count));
    if (tally.unplanned() > 0) {
      out.printf(Locale.ROOT, "  %d of them were not answered as planned%n", tally.unplanned());
    }
    out.flush();
  }
}
