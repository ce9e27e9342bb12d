package io.millrace.cli.erase;

import io.millrace.app.CommandException;
import io.millrace.app.ErasureWriter;
import io.millrace.app.Exit;
import io.millrace.app.OpenTopics;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Servers;
import io.millrace.cli.Terminal;
import io.millrace.config.Config;
import io.millrace.erasure.ErasureCertificate;
import io.millrace.erasure.ErasureTopics;
import io.millrace.flow.RecordTopics;
import io.millrace.flow.erase.ErasedPerson;
import io.millrace.flow.erase.ErasureWrites;
import io.millrace.flow.erase.NamedPerson;
import io.millrace.identity.IdentifierIds;
import io.millrace.kafka.read.TopicReader;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code erase}: removes a person, and suppresses what still comes about them. */
@Command(
    name = "erase",
    description = {
      "Erases a person: all identifiers, records, scores and signals, from the state of the flow,"
          + " from compacted topics and from the warehouse.",
      "Events that name one of the identifiers are suppressed from then on. What expires by itself,"
          + " and what somebody has to do, is listed in a certificate. docs/personal-data.md"
          + " explains it. Try --dry-run first: an erasure cannot be undone."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExit code 0: erased, or nothing to lift; 1: something was still visible after --wait."
    })
public final class EraseCommand implements Callable<Integer> {
  private final Function<Config, IdentifierIds> ids;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(
      paramLabel = "PERSON",
      description =
          "An e-mail address, a phone number (+4930901820), kind:system:value (contact:crm:101) or"
              + " an opaque id.")
  private String person = "";

  @Option(names = "--dry-run", description = "Show what would be erased; write nothing.")
  private boolean dryRun;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the erasure.")
  private String reason = "";

  @Option(names = "--yes", description = "Really do it; nothing happens without.")
  private boolean confirmed;

  @Option(
      names = "--lift",
      description = {
        "Lift an erasure: the person has come back and may be known again. Nothing that was erased"
            + " returns."
      })
  private boolean lift;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT60S",
      description = "How long to wait until nothing is visible (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  @Option(names = "--json", description = "Print the certificate as one JSON object.")
  private boolean json;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The command.
   *
   * @param ids makes the ids of identifiers, with the key of the settings
   */
  public EraseCommand(Function<Config, IdentifierIds> ids) {
    this.ids = ids;
  }

  @Override
  public Integer call() {
    Config config = options.load();
    NamedPerson named =
        NamedPerson.read(person, () -> ids.apply(config))
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "'%s' does not name a person: %s".formatted(person, NamedPerson.FORMS)));
    return Servers.withTopics(spec, config, topics -> run(named, topics));
  }

  private int run(NamedPerson named, OpenTopics topics) {
    try (TopicReader reader = topics.reader();
        TopicReader watched = topics.reader()) {
      ErasureTopics known =
          new ErasureTopics(reader, watched, RecordTopics.of(topics.declared()).byType());
      return lift ? lift(named, known, topics) : erase(named, known, topics);
    }
  }

  private int erase(NamedPerson named, ErasureTopics known, OpenTopics topics) {
    ErasedPerson found = known.find(named);
    PrintWriter out = Terminal.out(spec);
    if (dryRun || !json) {
      CertificateText.person(found, out);
      out.flush();
    }
    if (dryRun) {
      known.visibleIn(known.rowsOf(found)).forEach(topic -> out.println("  visible in  " + topic));
      out.println("Nothing was changed. An erasure cannot be undone.");
      out.flush();
      return Exit.DONE;
    }
    confirm();
    ErasureWrites writes = writes();
    write(topics, writer -> writer.write(writes.erase(found)));
    ErasureCertificate certificate =
        new CertificateMaker(spec, topics, known, patience).make(found, writes);
    if (json) {
      out.println(CertificateText.json(certificate));
    } else {
      CertificateText.print(certificate, out);
    }
    out.flush();
    return certificate.isComplete() ? Exit.DONE : Exit.NO;
  }

  private int lift(NamedPerson named, ErasureTopics known, OpenTopics topics) {
    PrintWriter out = Terminal.out(spec);
    ErasedPerson erased = known.erasedWith(named.id()).orElse(null);
    if (erased == null) {
      out.println("Nobody was erased under this name; nothing to lift.");
      out.flush();
      return Exit.DONE;
    }
    out.printf("%d identifiers were erased together%n", erased.identifierIds().size());
    if (dryRun) {
      out.println("Nothing was changed.");
    } else {
      confirm();
      write(topics, writer -> writer.write(writes().lift(erased)));
      out.println("Lifted: events that name them are processed again.");
    }
    out.flush();
    return Exit.DONE;
  }

  private ErasureWrites writes() {
    return new ErasureWrites(
        UUID.randomUUID().toString(),
        Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
        System.getProperty("user.name", ""),
        reason);
  }

  private static void write(OpenTopics topics, Consumer<ErasureWriter> writing) {
    try (ErasureWriter writer = new ErasureWriter(topics.config().kafka(), topics.serdes())) {
      writing.accept(writer);
    }
  }

  private void confirm() {
    if (!confirmed) {
      throw CommandException.usage(
          "This cannot be undone: look at it with --dry-run first, then add --yes");
    }
  }
}
