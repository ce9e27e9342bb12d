package io.millrace.bench.command;

import io.millrace.app.CommandException;
import io.millrace.bench.hostile.HostileBench;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench hostile}: whether genuine senders notice an attack. */
@Command(
    name = "hostile",
    description = {
      "Attacks an edge with a small heap, and measures what genuine senders notice.",
      "Strangers without any secret send large bodies of unique names, of brackets and of form"
          + " fields, bodies that never end, and long URLs, and hold idle connections; somebody"
          + " looks at the inspector all the time. Genuine senders deliver 20 times a second"
          + " and never try again. It ends with 1 if the edge ended, or did not answer 99 %% of"
          + " them with 200. Attackers and edge share this machine. Needs Linux, where every"
          + " address that begins with 127 is this machine.",
      "",
      "genuine answered 200, %%       of the signed deliveries, at the first attempt",
      "p50, p99 ms                   latency of these, from the moment each was due",
      "most memory MB                the largest resident size of the edge's process"
    },
    mixinStandardHelpOptions = true)
public final class BenchHostileCommand implements Callable<Integer> {
  private static final int SECONDS = 300;
  private static final int QUICK_SECONDS = 20;
  private static final int MOST_SECONDS = 86_400;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "How long to attack, 1 to 86400 (default: 300; 20 with --quick).")
  private int seconds;

  @Option(
      names = "--heap",
      paramLabel = "MB",
      defaultValue = "512",
      description = "Heap of the edge in MB (default: ${DEFAULT-VALUE}).")
  private int heap;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    int time = seconds != 0 ? seconds : options.isQuick() ? QUICK_SECONDS : SECONDS;
    if (time < 1 || time > MOST_SECONDS) {
      throw CommandException.usage("--seconds must be from 1 to 86400, not " + time);
    }
    if (heap < 1) {
      throw CommandException.usage("--heap must be at least 1, not " + heap);
    }
    HostileBench.Options wanted =
        new HostileBench.Options(Duration.ofSeconds(time), heap, options.seed());
    return options.run(
        spec,
        (directory, started, say) ->
            HostileBench.run(
                wanted,
                directory,
                spec.root().userObject().getClass().getName(),
                say,
                Clock.systemUTC()));
  }
}
