package io.millrace.cli.proof;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.OpenTopics;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Servers;
import io.millrace.cli.Terminal;
import io.millrace.deadletter.DeadLetterIndex;
import io.millrace.deadletter.Letter;
import io.millrace.deadletter.Replay;
import io.millrace.deadletter.ReplayWatch;
import io.millrace.event.Delivery;
import io.millrace.event.Lineage;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.log.KafkaDeliveryLog;
import io.millrace.kafka.read.RecordLookup;
import io.millrace.kafka.read.TopicReader;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends dead letters through the flow again. */
@Command(
    name = "replay",
    description = {
      "Processes dead letters again after their cause has been fixed.",
      "A cause is, for example, a wrong mapping or a disconnected source. An event that a retry of"
          + " its sender has delivered since is not delivered twice.",
      "Use the same files of sources, catalogue and rules as the stream processes: for dead letters"
          + " of more than seven days, they decide which event to look for.",
      "Select dead letters by options; try --dry-run first."
    },
    mixinStandardHelpOptions = true)
final class DeadLettersReplayCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private LetterSelection selection = new LetterSelection();

  @Option(names = "--all", description = "All open dead letters.")
  private boolean all;

  @Option(
      names = "--dry-run",
      description = "Show what each would become and change, without replaying it.")
  private boolean dryRun;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT30S",
      description = "How long to wait for the outcomes (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  /** A dead letter and the delivery that replays it. */
  record Candidate(Letter letter, Delivery replay) {}

  @Override
  public Integer call() {
    if (!all && !selection.isNarrow()) {
      throw CommandException.usage(
          "Select dead letters with --cause, --source, --since, --until, --id or --all.");
    }
    return Servers.withTopics(spec, options.load(), this::replay);
  }

  private int replay(OpenTopics topics) {
    try (TopicReader reader = topics.reader()) {
      DeadLetterIndex box = new DeadLetterIndex(reader, selection::mayCover, false);
      List<Letter> letters =
          box.look().stream()
              .filter(Letter::isOpen)
              .filter(letter -> selection.covers(letter.letter()))
              .toList();
      PrintWriter out = Terminal.out(spec);
      if (letters.isEmpty()) {
        out.println("No open dead letters match.");
        out.flush();
        return Exit.DONE;
      }
      List<Candidate> candidates = candidates(letters, topics, out);
      ReplayPreviews previews = ReplayPreviews.of(candidates, topics);
      if (dryRun) {
        previews.print(out);
        out.flush();
        return Exit.DONE;
      }
      List<Candidate> allowed = previews.allowed(out);
      send(allowed, topics);
      boolean delivered = tellOutcomes(allowed, box, out);
      out.flush();
      boolean isComplete = candidates.size() == letters.size() && !previews.refusesAny();
      return delivered && isComplete ? Exit.DONE : Exit.NO;
    }
  }

  private static List<Candidate> candidates(
      List<Letter> letters, OpenTopics topics, PrintWriter out) {
    List<Candidate> candidates = new ArrayList<>();
    try (RecordLookup records = new RecordLookup(topics.config().kafka(), topics.serdes())) {
      for (Letter letter : letters) {
        Optional<Delivery> delivery =
            letter.obstacle().isEmpty() ? original(letter, records) : Optional.empty();
        if (delivery.isPresent()) {
          candidates.add(
              new Candidate(
                  letter, Replay.of(letter.letter(), delivery.get(), Clock.systemUTC().instant())));
        } else {
          out.printf(
              "%s  cannot be replayed: %s%n",
              letter.id(),
              letter
                  .obstacle()
                  .orElse(
                      "its delivery has expired from deliveries-received; dead-letters show"
                          + " prints the bytes."));
        }
      }
    }
    return candidates;
  }

  private static Optional<Delivery> original(Letter letter, RecordLookup records) {
    Lineage lineage = letter.letter().getLineage();
    return records
        .at(Topics.DELIVERIES_RECEIVED, lineage.getPartition(), lineage.getOffset())
        .filter(found -> found.getDeliveryId().equals(lineage.getDeliveryId()));
  }

  private static void send(List<Candidate> candidates, OpenTopics topics) {
    try (KafkaDeliveryLog log =
        new KafkaDeliveryLog(
            topics.config().kafka(),
            topics.serdes(),
            Topics.DELIVERIES_RECEIVED,
            source -> false)) {
      for (Candidate candidate : candidates) {
        int partition = candidate.letter().letter().getLineage().getPartition();
        log.appendTo(partition, candidate.replay()).toCompletableFuture().join();
      }
    } catch (CompletionException failure) {
      throw CommandException.unreachable(
          ("Kafka did not accept a replay: %s. Those sent before it are under way; run the"
                  + " command again for the rest.")
              .formatted(failure.getMessage()));
    }
  }

  /** Prints the outcome of each; returns whether all of them were settled. */
  private boolean tellOutcomes(List<Candidate> candidates, DeadLetterIndex box, PrintWriter out) {
    ReplayWatch watch =
        new ReplayWatch(
            candidates.stream()
                .collect(
                    Collectors.toMap(
                        candidate -> candidate.letter().id(),
                        candidate -> candidate.replay().getReplay())));
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      watch.look(box.look()).forEach(outcome -> out.println(outcome));
      out.flush();
      if (watch.underWay().isEmpty() || System.nanoTime() > deadline) {
        break;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    watch.underWay().forEach(id -> out.println(id + "  is still under way"));
    out.printf(
        "Replayed %d: %d settled, %d failed again, %d still under way%n",
        candidates.size(), watch.settled(), watch.failed(), watch.underWay().size());
    return watch.settled() == candidates.size();
  }
}
