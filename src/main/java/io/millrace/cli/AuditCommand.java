package io.millrace.cli;

import io.millrace.audit.Audit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditReport.Verdict;
import io.millrace.audit.AuditScope;
import io.millrace.audit.AuditTopics;
import io.millrace.audit.FlowWatch;
import io.millrace.audit.HeldBack;
import io.millrace.audit.Outcome;
import io.millrace.audit.UnderWay;
import io.millrace.event.WaitingEvent;
import io.millrace.kafka.KafkaTopicReader;
import io.millrace.kafka.ProvisioningException;
import io.millrace.kafka.ReadThrough;
import io.millrace.kafka.RecordLookup;
import io.millrace.kafka.Topic;
import io.millrace.kafka.TopicOffsets;
import io.millrace.kafka.TopicReader;
import io.millrace.source.FieldRules;
import io.millrace.source.Normalizer;
import io.millrace.source.Sources;
import io.millrace.stream.StateSerdes;
import io.millrace.stream.Topics;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit}: proves that what was accepted equals what came out. */
@Command(
    name = "audit",
    description = {
      "Proves from the topics themselves that accepted = ordered + late + duplicate + dead, for every",
      "source and hour, and names each event that is missing, doubled or altered. Changes nothing and",
      "may run while the flow does; docs/audit.md says what it proves and what to do about a finding."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExit code 0: it balances, 1: it does not, or that could not be decided within --wait."
    })
public final class AuditCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** How far clocks may be apart; what is so much younger than it must be is surely kept. */
  private static final Duration SKEW = Duration.ofHours(1);

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
      description = "How long to wait for what is still under way (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many findings of each kind to name (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--hours", description = "A row for every hour; else quiet hours share one.")
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
    AuditReport report = OpenTopics.with(options.load(), this::audit);
    PrintWriter out = spec.commandLine().getOut();
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
    FieldRules fields = topics.fields();
    if (source.isPresent() && sources.find(source.get()).isEmpty()) {
      Say.to(spec, "The source " + source.get() + " is not connected now");
    }
    try (TopicOffsets offsets = new TopicOffsets(topics.config().kafka());
        ReadThrough groups = new ReadThrough(topics.config().kafka(), offsets);
        TopicReader events = topics.reader(since);
        TopicReader state = new KafkaTopicReader(topics.config().kafka(), new StateSerdes());
        RecordLookup records = new RecordLookup(topics.config().kafka(), topics.serdes())) {
      String prefix = topics.config().stream().settings().prefix();
      List<Topic<WaitingEvent>> waiting =
          Stream.of(StateSerdes.waitingEvents(prefix), StateSerdes.waitingEngagement(prefix))
              .filter(topic -> offsets.exists(topic.name()))
              .toList();
      AuditTopics read =
          new AuditTopics(
              events,
              new HeldBack(state, waiting),
              () -> offsets.ends(Topics.DELIVERIES_RECEIVED.name()),
              records);
      Audit audit =
          new Audit(
              read,
              (delivery, partition, offset) ->
                  Normalizer.normalize(sources, fields, delivery, partition, offset),
              name -> StreamProcess.window(sources, name),
              scope(offsets, Clock.systemUTC().instant()),
              limit);
      await(audit, new FlowWatch(groups, offsets, prefix, audit.open()));
      return audit.report();
    } catch (ProvisioningException failure) {
      throw CommandException.unreachable(
          "%s. Is Kafka running at %s?"
              .formatted(failure.getMessage(), topics.config().kafka().bootstrapServers()));
    }
  }

  private void await(Audit audit, UnderWay flow) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (!audit.look(flow) && System.nanoTime() < deadline) {
      if (!told) {
        Say.to(
            spec,
            "Waiting up to %s for what is still under way".formatted(Durations.inWords(patience)));
        told = true;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /** Where outcomes expire sooner than deliveries, the audit reaches no further back than they. */
  private AuditScope scope(TopicOffsets offsets, Instant now) {
    Optional<Duration> deliveries = offsets.retention(Topics.DELIVERIES_RECEIVED.name());
    Optional<Duration> shortest =
        Arrays.stream(Outcome.values())
            .flatMap(outcome -> offsets.retention(outcome.topic().name()).stream())
            .min(Comparator.naturalOrder());
    Optional<Instant> outcomesSince =
        shortest
            .filter(kept -> deliveries.filter(longer -> longer.compareTo(kept) <= 0).isEmpty())
            .map(kept -> now.minus(kept).plus(SKEW));
    Instant given = since.orElse(Instant.MIN);
    return new AuditScope(
        source,
        outcomesSince.filter(given::isBefore).orElse(given),
        until.orElse(Instant.MAX),
        deliveries.map(kept -> now.minus(kept).plus(SKEW)).orElse(Instant.MAX));
  }
}
