package io.millrace.bench.command;

import io.millrace.app.Checkout;
import io.millrace.app.CommandException;
import io.millrace.bench.measure.EdgeBench;
import io.millrace.bench.setup.BenchCluster;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench edge}: what a durable acknowledgement costs. */
@Command(
    name = "edge",
    description = {
      "Measures what a durable acknowledgement costs at the edge.",
      "Three servers take turns under the load of one sender with 32 connections: a bare"
          + " server (Javalin configured like the edge's, which answers 200 and does nothing"
          + " else), the edge with a log in memory, and the edge with a broker on this machine."
          + " Each runs in its own process. Everything the edge acknowledged must be on its topic.",
      "",
      "requests/s                    answers per second while every connection always",
      "                              has a request in flight",
      "CPU µs/request                CPU time of the server's process per request",
      "p50, p99 ms at half load      latency while requests arrive at random at half",
      "                              of that rate, measured from the moment each was",
      "                              due to be sent, so time spent waiting to be sent",
      "                              counts"
    },
    mixinStandardHelpOptions = true)
public final class BenchEdgeCommand implements Callable<Integer> {
  private static final int SECONDS = 15;
  private static final int QUICK_SECONDS = 3;

  /** Three servers, warmed up and measured twice. */
  private static final int MOST_SECONDS = 60;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Time to warm up each server, and to measure it at full and at half load, 1 to 60"
              + " (default: 15; 3 with --quick).")
  private int seconds;

  @Option(
      names = "--signed",
      description =
          "Senders sign their bodies (HMAC-SHA256); without this option they send a key in a"
              + " header.")
  private boolean isSigned;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    int time = seconds != 0 ? seconds : options.isQuick() ? QUICK_SECONDS : SECONDS;
    if (time < 1 || time > MOST_SECONDS) {
      throw CommandException.usage("--seconds must be from 1 to 60, not " + time);
    }
    EdgeBench.Options wanted = new EdgeBench.Options(time, options.seed(), isSigned);
    return options.run(
        spec,
        (directory, started, say) ->
            EdgeBench.run(
                wanted,
                started.add(BenchCluster.start(directory, Checkout.home(), say)),
                directory,
                spec.root().userObject().getClass().getName(),
                say,
                Clock.systemUTC()));
  }
}
