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
      "Three servers take turns under the load of one sender with 32 connections: a bare server"
          + " (Javalin set up as the edge's, answers 200 and does nothing), the edge on a log in"
          + " memory, and the edge on a broker on this machine. Each is a process of its own. What"
          + " the edge acknowledged must be on its topic.",
      "",
      "requests/s             answers a second while every connection always has a request under"
          + " way",
      "CPU µs/request         CPU of the server's process for one of them",
      "p50, p99 ms at half load",
      "                       latency while requests arrive by chance at half of that rate, counted"
          + " from the moment each was meant to be sent: what has to wait its turn counts too"
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
          "How long each server is warmed up, and measured at full and at half load, 1 to 60"
              + " (default: 15; 3 with --quick).")
  private int seconds;

  @Option(
      names = "--signed",
      description =
          "Senders sign their bodies (HMAC-SHA256); without it they show a key in a header.")
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
