package io.millrace.cli.proof;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.OpenTopics;
import io.millrace.app.TopicAudit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditReport.Verdict;
import io.millrace.audit.AuditScope;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Durations;
import io.millrace.cli.Say;
import io.millrace.cli.Servers;
import io.millrace.cli.Terminal;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.normalize.NormalizeRules;
import io.millrace.source.Sources;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit}: proves that everything accepted has exactly one outcome. */
@Command(
    name = "audit",
    description = {
      "Proves from the topics that accepted = ordered + late + duplicate + dead + nothing"
          + " + suppressed.",
      "It does so for every source and hour, and names each event that is missing, doubled or"
          + " altered. It changes nothing and may run while the flow is running. docs/audit.md"
          + " explains the proof and what to do about findings."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExit code 0: it balances, 1: it does not, or it was still undecided after --wait."
    })
public final class AuditCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "Only deliveries that arrived at or after this time (2026-01-01T00:00:00Z).")
  private Optional<Instant> since = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Only deliveries that arrived before this time.")
  private Optional<Instant> until = Optional.empty();

  @Option(names = "--source", paramLabel = "NAME", description = "Only deliveries of this source.")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT30S",
      description = "How long to wait for deliveries still under way (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number of findings of each kind to list (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--hours",
      description = "Print a row for every hour; by default hours without findings share one.")
  private boolean everyHour;

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (since.isPresent() && until.filter(end -> !since.get().isBefore(end)).isPresent()) {
      throw CommandException.usage("--since must be before --until");
    }
    if (patience.isNegative() || limit < 0) {
      throw CommandException.usage("--wait and --limit must not be negative");
    }
    AuditReport report = Servers.withTopics(spec, options.load(), this::audit);
    PrintWriter out = Terminal.out(spec);
    if (json) {
      out.println(AuditJson.of(report));
    } else {
      new AuditText(out, everyHour).print(report);
    }
    out.flush();
    return report.verdict() == Verdict.BALANCED ? Exit.DONE : Exit.NO;
  }

  private AuditReport audit(OpenTopics topics) {
    Sources sources = topics.sources();
    NormalizeRules rules = topics.rules();
    if (source.isPresent() && sources.find(source.get()).isEmpty()) {
      Say.to(spec, "The source " + source.get() + " is not connected");
    }
    AuditScope wanted =
        new AuditScope(source, since.orElse(Instant.MIN), until.orElse(Instant.MAX), Instant.MIN);
    try (TopicAudit audit =
        new TopicAudit(topics.config(), topics.serdes(), sources, rules, wanted, limit)) {
      await(audit);
      return audit.report();
    } catch (ProvisioningException failure) {
      throw CommandException.unreachable(
          "%s. Is Kafka running at %s?"
              .formatted(failure.getMessage(), topics.config().kafka().bootstrapServers()));
    }
  }

  private void await(TopicAudit audit) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (!audit.isDecided() && System.nanoTime() < deadline) {
      if (!told) {
        Say.to(
            spec,
            ("Waiting up to %s for deliveries still under" + " way")
                .formatted(Durations.inWords(patience)));
        told = true;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
