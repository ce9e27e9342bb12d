package io.millrace;

import io.millrace.cli.CommandException;
import io.millrace.cli.Exit;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: reads the command line and runs one command. */
@Command(
    name = "millrace",
    description = "The event layer behind a sales and marketing stack.",
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the answer is no (a ledger does not balance, a schema is incompatible)",
      "2:wrong usage",
      "3:could not reach or start something"
    },
    subcommands = {})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // Some libraries log through the JDK, which would print to the terminal.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commands = new CommandLine(new Main());
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof CommandException expected) {
            command.getErr().println("millrace: " + expected.getMessage());
            return expected.exitCode();
          }
          failure.printStackTrace(command.getErr());
          return Exit.UNREACHABLE;
        });
    if (args.length == 0) {
      commands.usage(commands.getErr());
      return Exit.USAGE;
    }
    return commands.execute(args);
  }
}
