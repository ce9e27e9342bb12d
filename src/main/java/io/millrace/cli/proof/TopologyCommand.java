package io.millrace.cli.proof;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.app.Exit;
import io.millrace.app.LiveSources;
import io.millrace.app.StreamProcess;
import io.millrace.cli.CommandGroup;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Terminal;
import io.millrace.config.Config;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.normalize.NormalizeRules;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topology}: the structure of the flow. */
@Command(
    name = "topology",
    description = "Shows the structure of the flow.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TopologyCommand.Describe.class)
public final class TopologyCommand extends CommandGroup {
  /** {@code topology describe}: every node and store, role by role. */
  @Command(
      name = "describe",
      description =
          "Prints every node, topic and store by role, in the format of topology/topology.txt.",
      mixinStandardHelpOptions = true)
  static final class Describe implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    // Picocli puts the real one in its place.
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      Config config = options.load();
      // The serdes are part of a topology, but a description opens no connection.
      try (RegistrySerdes serdes = new RegistrySerdes(config.registry());
          LiveSources sources = StreamProcess.sources(config, new SimpleMeterRegistry())) {
        MillraceTopology topology =
            StreamProcess.topology(
                config,
                sources,
                serdes,
                (topic, partition) -> true,
                new FlowMetrics(new SimpleMeterRegistry()),
                NormalizeRules.none().ids());
        PrintWriter out = Terminal.out(spec);
        out.print(topology.describe());
        out.flush();
        return Exit.DONE;
      }
    }
  }
}
