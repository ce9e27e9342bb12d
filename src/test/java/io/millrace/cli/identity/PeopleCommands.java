package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Runs the commands at a desk, and keeps what they print. */
final class PeopleCommands {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commands;

  PeopleCommands(Supplier<Desk> desk) {
    Desks desks = (command, config, work) -> work.apply(desk.get());
    commands =
        new CommandLine(new Root())
            .addSubcommand(new IdentityShowCommand(desks))
            .addSubcommand(new IdentityJoinCommand(desks))
            .addSubcommand(new IdentitySplitCommand(desks))
            .addSubcommand(new IdentityBlockCommand(desks))
            .addSubcommand(new IdentityWithdrawCommand(desks))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  if (failure instanceof CommandException expected) {
                    command.getErr().println(failure.getMessage());
                    return expected.exitCode();
                  }
                  throw failure;
                });
  }

  /** Runs a command; what earlier ones printed is forgotten. */
  int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return commands.execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  @CommandLine.Command(name = "identity")
  private static final class Root {}
}
