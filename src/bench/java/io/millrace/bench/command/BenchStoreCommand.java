package io.millrace.bench.command;

import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.bench.measure.StoreBench;
import io.millrace.bench.setup.BenchCluster;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench store}: what remembering ids costs as their number grows. */
@Command(
    name = "store",
    description = {
      "Measures what remembering event ids costs as their number grows.",
      "Ids are put into RocksDB, configured as for the flow: six partitions that share the"
          + " memory of one process. At three sizes, each ten times the previous one, it looks up"
          + " ids that are not there, which is what deduplication mostly does. Then it rebuilds a"
          + " store from its changelog.",
      "",
      "CPU µs/get, CPU µs/put        CPU time of the process per lookup, and per id",
      "                              put, including RocksDB's background work;",
      "                              compared with the smallest size",
      "µs/get, µs/put                elapsed time of the same",
      "p99 µs/get                    99 of 100 lookups take no longer",
      "MB on disk per million        file size per million ids, after compaction has",
      "                              finished",
      "restore rows/s                rows of a changelog that Kafka Streams restores",
      "                              per second"
    },
    mixinStandardHelpOptions = true)
public final class BenchStoreCommand implements Callable<Integer> {
  private static final int ROWS = 10_000_000;
  private static final int QUICK_ROWS = 500_000;
  private static final int LEAST_ROWS = 10_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Number of ids at the largest size, at least 10,000 (default: 10,000,000; 500,000 with"
              + " --quick).")
  private int rows;

  @Option(names = "--no-restore", description = "Skips the restore, which needs a broker.")
  private boolean withoutRestore;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    int size = rows != 0 ? rows : options.isQuick() ? QUICK_ROWS : ROWS;
    if (size < LEAST_ROWS) {
      throw CommandException.usage("--rows must be at least 10000, not " + size);
    }
    StoreBench.Options wanted = new StoreBench.Options(size, options.seed());
    return options.run(
        spec,
        (directory, started, say) -> {
          Optional<BenchCluster> cluster =
              withoutRestore
                  ? Optional.empty()
                  : Optional.of(started.add(BenchCluster.start(directory, Checkout.home(), say)));
          return StoreBench.run(wanted, directory, cluster, say, Clock.systemUTC());
        });
  }
}
