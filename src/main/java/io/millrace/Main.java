package io.millrace;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.IdentityKey;
import io.millrace.app.KafkaLogs;
import io.millrace.cli.CommandSet;
import io.millrace.cli.EdgeCommand;
import io.millrace.cli.StreamCommand;
import io.millrace.cli.Subcommand;
import io.millrace.cli.Terminal;
import io.millrace.cli.erase.EraseCommand;
import io.millrace.cli.identity.IdentityCommand;
import io.millrace.cli.proof.AuditCommand;
import io.millrace.cli.proof.DeadLettersCommand;
import io.millrace.cli.proof.SchemasCommand;
import io.millrace.cli.proof.TopologyCommand;
import io.millrace.cli.sources.SourcesCommand;
import io.millrace.cli.traffic.DeliveriesCommand;
import io.millrace.console.Logging;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: reads the command line and runs one command. */
@Command(
    name = "millrace",
    description = "The event layer between a sales and marketing stack and Kafka.",
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the answer is no (a ledger does not balance, a schema is incompatible)",
      "2:wrong usage",
      "3:could not reach or start something"
    })
public final class Main {
  /** Always available. Others come with {@link CommandSet}s. */
  private static final List<Subcommand> COMMANDS =
      List.of(
          new Subcommand(EdgeCommand.class, () -> new EdgeCommand(new KafkaLogs())),
          new Subcommand(StreamCommand.class, StreamCommand::new),
          new Subcommand(SourcesCommand.class, SourcesCommand::new),
          new Subcommand(DeliveriesCommand.class, DeliveriesCommand::new),
          new Subcommand(DeadLettersCommand.class, DeadLettersCommand::new),
          new Subcommand(IdentityCommand.class, IdentityCommand::new),
          new Subcommand(AuditCommand.class, AuditCommand::new),
          new Subcommand(EraseCommand.class, () -> new EraseCommand(IdentityKey::ids)),
          new Subcommand(SchemasCommand.class, SchemasCommand::new),
          new Subcommand(TopologyCommand.class, TopologyCommand::new));

  /** In the order in which people need them. */
  private static final List<String> ORDER =
      List.of(
          "demo",
          "up",
          "edge",
          "stream",
          "sources",
          "deliveries",
          "replay",
          "simulate",
          "dead-letters",
          "identity",
          "audit",
          "erase",
          "bench",
          "schemas",
          "topology");

  private Main() {}

  public static void main(String[] args) {
    Logging.gather();
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commands = commands(args);
    if (args.length == 0) {
      commands.usage(commands.getErr());
      return Exit.USAGE;
    }
    if (isNotInstalled(args[0], commands)) {
      commands
          .getErr()
          .printf(
              "millrace: '%s' is not part of this installation; it is in millrace-bench.jar."
                  + " Run it from a checkout (./millrace %1$s), or add that jar to the class"
                  + " path.%n",
              args[0]);
      return Exit.USAGE;
    }
    return commands.execute(args);
  }

  /** The command line that reads these arguments. */
  static CommandLine commands(String... args) {
    CommandLine commands = new CommandLine(new Main());
    Stream.concat(COMMANDS.stream(), others())
        .sorted(Comparator.comparingInt(each -> ORDER.indexOf(each.name())))
        .forEach(each -> commands.addSubcommand(each.asNeededFor(args)));
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof CommandException expected) {
            Terminal.err(command.getCommandSpec()).println("millrace: " + expected.getMessage());
            return expected.exitCode();
          }
          failure.printStackTrace(Terminal.err(command.getCommandSpec()));
          return Exit.UNREACHABLE;
        });
    return commands;
  }

  private static boolean isNotInstalled(String name, CommandLine commands) {
    return ORDER.contains(name) && !commands.getSubcommands().containsKey(name);
  }

  private static Stream<Subcommand> others() {
    return ServiceLoader.load(CommandSet.class).stream()
        .flatMap(set -> set.get().commands().stream());
  }
}
