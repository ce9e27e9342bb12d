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
      "A mix of events (70 %% engagement, 25 %% leads, 5 %% deals; 2 %% of the deliveries"
          + " are copies, 5 %% arrive up to 1.5 s early; 100,000 people, eight sources) is written"
          + " to a separate broker. Then each role processes it in its own process, as in"
          + " production: exactly once, with state in RocksDB. At the end every event must have"
          + " exactly one outcome, every person's minute must hold its events, and every lead must"
          + " have its latest status.",
      "",
      "events/s                      distinct events per second, after the first 30 %%.",
      "                              For the flow: all three roles, one after the",
      "                              other",
      "CPU µs/event                  CPU time of the process per event, over the same",
      "                              time",
      "CPU µs/event with its start   the same over the whole run: start, compilation,",
      "                              all events",
      "wrong answers                 of the textbook version: missing events,",
      "                              duplicates that were not dropped, minutes of a",
      "                              person that are lost or wrong, records whose",
      "                              state is not the latest write",
      "",
      "What the flow is compared with, in the same run:",
      "bytes through Kafka Streams      every delivery is read and written, exactly",
      "                                 once",
      "the same hops, trivial payloads  a key, a hop, a lookup of seen ids, a count,",
      "                                 and records of a few bytes",
      "textbook version                 the task as the usual examples solve it:",
      "                                 windowed deduplication, windowedBy, count and",
      "                                 suppress, the last write of each record"
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
      description =
          "Number of deliveries to process, at least 1,000 (default: 200,000; 20,000"
              + " with --quick).")
  private int events;

  @Option(
      names = "--processes",
      paramLabel = "N[,N...]",
      split = ",",
      description =
          "Also runs all roles at once in N processes that share the partitions: 1,2,4 shows how"
              + " throughput scales. Each N is a separate run with newly written load.")
  private List<Integer> processes = List.of();

  @Option(
      names = "--no-references",
      description = "Skips the references, which take half of the time.")
  private boolean withoutReferences;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "Time that one role may take for the load (default: ${DEFAULT-VALUE}).")
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
