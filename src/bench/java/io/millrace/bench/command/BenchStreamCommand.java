package io.millrace.bench.command;

import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.bench.measure.StreamBench;
import io.millrace.bench.setup.BenchCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench stream}: what an event costs in the flow. */
@Command(
    name = "stream",
    description = {
      "Measures what an event costs from deliveries-received to the last topic.",
      "A mix of events (70 %% engagement, 25 %% leads, 5 %% deals; 2 %% of the deliveries are copies, 5"
          + " %% come up to 1.5 s early; 100,000 people, eight sources) is written to a broker of"
          + " its own. Then each role gets through it in a process of its own, as in production:"
          + " exactly once, state in RocksDB. At the end every event must have exactly one outcome,"
          + " every minute of a person its events, and every lead its latest status.",
      "",
      "events/s               distinct events a second, once the first 30 %% are done. For the flow:"
          + " all three roles, one after the other",
      "CPU µs/event           CPU of the process for one event, over the same time",
      "CPU µs/event with its start",
      "                       the same over everything: starting, compiling, all events",
      "wrong answers          of the textbook version: events missing, duplicates let through,"
          + " minutes of a person that are lost or wrong, records that are not what was written"
          + " last",
      "",
      "What the flow is compared with, in the same run:",
      "bytes through Kafka Streams    every delivery is read and written again, exactly once",
      "the same hops, trivial payloads    a key, a hop, a look-up among what was seen, a count, and"
          + " records of a few bytes",
      "textbook version       what the usual examples make of the task: windowed deduplication,"
          + " windowedBy, count and suppress, the last write of each record"
    },
    mixinStandardHelpOptions = true)
public final class BenchStreamCommand implements Callable<Integer> {
  private static final int EVENTS = 200_000;
  private static final int QUICK_EVENTS = 20_000;
  private static final int LEAST_EVENTS = 1_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "0",
      description = "Deliveries to process, 1,000 and up (default: 200,000; 20,000 with --quick).")
  private int events;

  @Option(
      names = "--processes",
      paramLabel = "N[,N...]",
      split = ",",
      description =
          "Also runs all roles at once in N processes that share the partitions: 1,2,4 shows what"
              + " more processes bring. Each is a run of its own, with the load written anew.")
  private List<Integer> processes = List.of();

  @Option(
      names = "--no-references",
      description = "Leaves out what the flow is compared with, which takes half of the time.")
  private boolean withoutReferences;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long one role may take for the load (default: ${DEFAULT-VALUE}).")
  private int limit;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    int size = events != 0 ? events : options.isQuick() ? QUICK_EVENTS : EVENTS;
    if (size < LEAST_EVENTS) {
      throw CommandException.usage("--events must be at least 1000, not " + size);
    }
    if (processes.stream().anyMatch(number -> number < 1 || number > 6)) {
      throw CommandException.usage("--processes must be from 1 to 6: there are six partitions");
    }
    StreamBench.Options wanted =
        new StreamBench.Options(
            size, options.seed(), processes, !withoutReferences, Duration.ofSeconds(limit));
    return options.run(
        spec,
        (directory, started, say) ->
            StreamBench.run(
                wanted,
                started.add(BenchCluster.start(directory, Checkout.home(), say)),
                directory,
                spec.root().userObject().getClass().getName(),
                say,
                Clock.systemUTC()));
  }
}
